package dev.sluice.producers.asset;

import java.util.regex.Pattern;

/** What code hosts put around a repository's own path. */
final class RepositoryPaths {
  private static final Pattern GITLAB_INSIDE = Pattern.compile("/-/.*$");
  private static final Pattern INSIDE = Pattern.compile("/(tree|blob|raw|commit|commits|src)/.*$");

  private RepositoryPaths() {}

  /** The path of the repository itself: no slashes around it, nothing that points inside it. */
  static String withoutInside(String host, String path) {
    String plain = path.replaceFirst("^/+", "").replaceFirst("/+$", "");
    switch (host) {
      case "github.com":
        return plain.replaceFirst("^repos/([^/]+/[^/]+)", "$1");
      case "bitbucket.org":
        return plain.replaceFirst("^2\\.0/repositories/", "");
      case "dev.azure.com":
        // https has org/project/_git/repo, ssh has v3/org/project/repo.
        return plain.replaceFirst("^v3/", "").replaceFirst("/_git/", "/");
      default:
        String inside = GITLAB_INSIDE.matcher(plain).replaceFirst("");
        return INSIDE.matcher(inside).replaceFirst("");
    }
  }
}
