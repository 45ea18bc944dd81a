package dev.sluice.app.settings;

import java.util.Map;
import java.util.Optional;

/**
 * What the CI system says about the job that we run in, where it is one that we know: GitHub
 * Actions, GitLab CI, Jenkins multibranch, Azure Pipelines, CircleCI. Empty where it does not say.
 *
 * @param repository address of the repository that the job runs for
 * @param commit commit that was checked out
 * @param branch branch, without refs/heads; empty for a tag
 * @param tag tag that the job runs for
 * @param name name of the job
 * @param workspace directory of the checkout
 * @param proposal whether it is about a pull or merge request
 */
public record CiJob(
    Optional<String> repository,
    Optional<String> commit,
    Optional<String> branch,
    Optional<String> tag,
    Optional<String> name,
    Optional<String> workspace,
    boolean proposal) {

  private static final String TAGS = "refs/tags/";
  private static final String BRANCHES = "refs/heads/";

  public static CiJob ofProcess() {
    return of(System.getenv());
  }

  static CiJob of(Map<String, String> environment) {
    Job job = new Job(environment);
    if (environment.containsKey("GITHUB_ACTIONS")) {
      return github(job);
    } else if (environment.containsKey("GITLAB_CI")) {
      return gitlab(job);
    } else if (environment.containsKey("TF_BUILD")) {
      return azure(job);
    } else if (environment.containsKey("CIRCLECI")) {
      return circle(job);
    } else if (environment.containsKey("JENKINS_URL")) {
      return jenkins(job);
    }
    Optional<String> nothing = Optional.empty();
    return new CiJob(nothing, nothing, nothing, nothing, nothing, nothing, false);
  }

  private static CiJob github(Job job) {
    boolean tag = job.is("GITHUB_REF_TYPE", "tag");
    return new CiJob(
        job.first("GITHUB_REPOSITORY")
            .map(name -> job.first("GITHUB_SERVER_URL").orElse("https://github.com") + "/" + name),
        job.first("GITHUB_SHA"),
        tag ? Optional.empty() : job.first("GITHUB_HEAD_REF", "GITHUB_REF_NAME"),
        tag ? job.first("GITHUB_REF_NAME") : Optional.empty(),
        job.first("GITHUB_JOB"),
        job.first("GITHUB_WORKSPACE"),
        job.first("GITHUB_EVENT_NAME").orElse("").startsWith("pull_request"));
  }

  private static CiJob gitlab(Job job) {
    Optional<String> tag = job.first("CI_COMMIT_TAG");
    return new CiJob(
        job.first("CI_PROJECT_URL"),
        job.first("CI_COMMIT_SHA"),
        tag.isPresent()
            ? Optional.empty()
            : job.first("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_COMMIT_REF_NAME"),
        tag,
        job.first("CI_JOB_NAME"),
        job.first("CI_PROJECT_DIR"),
        job.has("CI_MERGE_REQUEST_IID"));
  }

  private static CiJob jenkins(Job job) {
    Optional<String> tag = job.first("TAG_NAME");
    return new CiJob(
        job.first("GIT_URL"),
        job.first("GIT_COMMIT"),
        tag.isPresent() ? Optional.empty() : job.first("CHANGE_BRANCH", "BRANCH_NAME"),
        tag,
        job.first("STAGE_NAME"),
        job.first("WORKSPACE"),
        job.has("CHANGE_ID"));
  }

  private static CiJob azure(Job job) {
    String ref = job.first("BUILD_SOURCEBRANCH").orElse("");
    return new CiJob(
        job.first("BUILD_REPOSITORY_URI"),
        job.first("BUILD_SOURCEVERSION"),
        job.first("SYSTEM_PULLREQUEST_SOURCEBRANCH")
            .or(() -> Optional.of(ref).filter(name -> name.startsWith(BRANCHES)))
            .map(name -> name.startsWith(BRANCHES) ? name.substring(BRANCHES.length()) : name),
        ref.startsWith(TAGS) ? Optional.of(ref.substring(TAGS.length())) : Optional.empty(),
        job.first("SYSTEM_JOBNAME"),
        job.first("BUILD_SOURCESDIRECTORY"),
        job.has("SYSTEM_PULLREQUEST_PULLREQUESTID"));
  }

  private static CiJob circle(Job job) {
    return new CiJob(
        job.first("CIRCLE_REPOSITORY_URL"),
        job.first("CIRCLE_SHA1"),
        job.first("CIRCLE_BRANCH"),
        job.first("CIRCLE_TAG"),
        job.first("CIRCLE_JOB"),
        // CircleCI writes it with a tilde that no report has.
        job.first("CIRCLE_WORKING_DIRECTORY").filter(path -> path.startsWith("/")),
        job.has("CIRCLE_PULL_REQUEST"));
  }

  private record Job(Map<String, String> environment) {
    Optional<String> first(String... names) {
      for (String name : names) {
        String value = environment.getOrDefault(name, "");
        if (!value.isBlank()) {
          return Optional.of(value);
        }
      }
      return Optional.empty();
    }

    boolean has(String name) {
      return first(name).isPresent();
    }

    boolean is(String name, String value) {
      return value.equals(environment.get(name));
    }
  }
}
