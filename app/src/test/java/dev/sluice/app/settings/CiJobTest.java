package dev.sluice.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
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

    assertThat(job.commit()).hasValue("abc");
    assertThat(job.branch()).hasValue("feature");
    assertThat(job.proposal()).isTrue();
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

    assertThat(job.commit()).isEmpty();
    assertThat(job.branch()).hasValue("main");
    assertThat(job.proposal()).isFalse();
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

    assertThat(job.commit()).hasValue("abc");
    assertThat(job.branch()).hasValue("feature");
    assertThat(job.proposal()).isTrue();
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

    assertThat(job.commit()).hasValue("abc");
    assertThat(job.branch()).hasValue("feature");
    assertThat(job.proposal()).isTrue();
  }

  @Test
  void aDevelopersMachineSaysNothing() {
    assertThat(CiJob.of(Map.of("GITHUB_SHA", "abc")))
        .isEqualTo(CiJob.of(Map.of()))
        .satisfies(job -> assertThat(job.commit()).isEmpty());
  }

  @Test
  void aTagOnGitHubIsAVersionOfItsRepository() {
    CiJob job =
        CiJob.of(
            Map.of(
                "GITHUB_ACTIONS", "true",
                "GITHUB_SERVER_URL", "https://git.example",
                "GITHUB_REPOSITORY", "acme/pay",
                "GITHUB_REF_TYPE", "tag",
                "GITHUB_REF_NAME", "v5.2.0",
                "GITHUB_JOB", "scan",
                "GITHUB_WORKSPACE", "/srv/work/pay"));

    assertThat(job.repository()).hasValue("https://git.example/acme/pay");
    assertThat(job.tag()).hasValue("v5.2.0");
    assertThat(job.branch()).isEmpty();
    assertThat(job.name()).hasValue("scan");
    assertThat(job.workspace()).hasValue("/srv/work/pay");
  }

  @Test
  void aPullRequestOnAzureIsAProposal() {
    CiJob job =
        CiJob.of(
            Map.of(
                "TF_BUILD", "True",
                "BUILD_REPOSITORY_URI", "https://dev.azure.com/acme/shop/_git/pay",
                "BUILD_SOURCEVERSION", "abc",
                "BUILD_SOURCEBRANCH", "refs/pull/7/merge",
                "SYSTEM_PULLREQUEST_PULLREQUESTID", "7",
                "SYSTEM_PULLREQUEST_SOURCEBRANCH", "refs/heads/feature/a",
                "BUILD_SOURCESDIRECTORY", "/agent/7/s"));

    assertThat(job.branch()).hasValue("feature/a");
    assertThat(job.commit()).hasValue("abc");
    assertThat(job.proposal()).isTrue();
    assertThat(job.workspace()).hasValue("/agent/7/s");
  }

  @Test
  void aTagOnAzureIsNoBranch() {
    CiJob job = CiJob.of(Map.of("TF_BUILD", "True", "BUILD_SOURCEBRANCH", "refs/tags/v1"));

    assertThat(job.tag()).hasValue("v1");
    assertThat(job.branch()).isEmpty();
  }

  @Test
  void aBuildOnCircleCi() {
    CiJob job =
        CiJob.of(
            Map.of(
                "CIRCLECI", "true",
                "CIRCLE_REPOSITORY_URL", "git@github.com:acme/pay.git",
                "CIRCLE_SHA1", "abc",
                "CIRCLE_BRANCH", "main",
                "CIRCLE_JOB", "scan",
                "CIRCLE_WORKING_DIRECTORY", "~/project"));

    assertThat(job.repository()).hasValue("git@github.com:acme/pay.git");
    assertThat(job.branch()).hasValue("main");
    assertThat(job.name()).hasValue("scan");
    assertThat(job.workspace()).isEmpty();
    assertThat(job.proposal()).isFalse();
  }
}
