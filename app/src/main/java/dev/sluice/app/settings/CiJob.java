package dev.sluice.app.settings;

import java.util.Map;
import java.util.Optional;

/**
 * What the CI system says about the job that we run in, where it is one that we know: GitHub
 * Actions, GitLab CI, Jenkins multibranch. Empty where it does not say.
 *
 * @param commit commit that was checked out
 * @param branch branch, without refs/heads
 * @param proposal whether it is about a pull or merge request
 */
public record CiJob(Optional<String> commit, Optional<String> branch, boolean proposal) {

  public static CiJob ofProcess() {
    return of(System.getenv());
  }

  static CiJob of(Map<String, String> environment) {
    if (environment.containsKey("GITHUB_ACTIONS")) {
      String event = environment.getOrDefault("GITHUB_EVENT_NAME", "");
      return new CiJob(
          first(environment, "GITHUB_SHA"),
          first(environment, "GITHUB_HEAD_REF", "GITHUB_REF_NAME"),
          event.startsWith("pull_request"));
    }
    if (environment.containsKey("GITLAB_CI")) {
      return new CiJob(
          first(environment, "CI_COMMIT_SHA"),
          first(environment, "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_COMMIT_REF_NAME"),
          environment.containsKey("CI_MERGE_REQUEST_IID"));
    }
    if (environment.containsKey("JENKINS_URL")) {
      return new CiJob(
          first(environment, "GIT_COMMIT"),
          first(environment, "CHANGE_BRANCH", "BRANCH_NAME"),
          environment.containsKey("CHANGE_ID"));
    }
    return new CiJob(Optional.empty(), Optional.empty(), false);
  }

  private static Optional<String> first(Map<String, String> environment, String... names) {
    for (String name : names) {
      String value = environment.getOrDefault(name, "");
      if (!value.isBlank()) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
