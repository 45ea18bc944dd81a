package dev.sluice.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CiJobTest {
  @Test
  void aPullRequestOnGitHubIsAProposal() {
    CiJob job =
        CiJob.of(
            Map.of(
                "GITHUB_ACTIONS", "true",
                "GITHUB_EVENT_NAME", "pull_request",
                "GITHUB_SHA", "abc",
                "GITHUB_HEAD_REF", "feature",
                "GITHUB_REF_NAME", "7/merge"));

    assertThat(job).isEqualTo(new CiJob(Optional.of("abc"), Optional.of("feature"), true));
  }

  @Test
  void aPushOnGitHubIsTheHead() {
    CiJob job =
        CiJob.of(
            Map.of(
                "GITHUB_ACTIONS", "true",
                "GITHUB_EVENT_NAME", "push",
                "GITHUB_HEAD_REF", "",
                "GITHUB_REF_NAME", "main"));

    assertThat(job).isEqualTo(new CiJob(Optional.empty(), Optional.of("main"), false));
  }

  @Test
  void aMergeRequestOnGitLabIsAProposal() {
    CiJob job =
        CiJob.of(
            Map.of(
                "GITLAB_CI", "true",
                "CI_COMMIT_SHA", "abc",
                "CI_MERGE_REQUEST_IID", "3",
                "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "feature"));

    assertThat(job).isEqualTo(new CiJob(Optional.of("abc"), Optional.of("feature"), true));
  }

  @Test
  void aChangeOnJenkinsIsAProposal() {
    CiJob job =
        CiJob.of(
            Map.of(
                "JENKINS_URL", "https://ci",
                "GIT_COMMIT", "abc",
                "CHANGE_ID", "3",
                "BRANCH_NAME", "PR-3",
                "CHANGE_BRANCH", "feature"));

    assertThat(job).isEqualTo(new CiJob(Optional.of("abc"), Optional.of("feature"), true));
  }

  @Test
  void aDevelopersMachineSaysNothing() {
    assertThat(CiJob.of(Map.of("GITHUB_SHA", "abc")))
        .isEqualTo(new CiJob(Optional.empty(), Optional.empty(), false));
  }
}
