package dev.sluice.producers.format;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings the spellings of one file to one repository path: forward slashes, no drive, no leading
 * slash, not below the directory into which a CI system happened to check out.
 */
public final class RepositoryPaths {
  /**
   * Where CI systems check out: GitHub Actions ({@code /home/runner/work/REPO/REPO}, also on
   * Windows and macOS), its container actions, GitLab, Jenkins, Azure, Bitbucket, CircleCI, Drone
   * and Woodpecker, Cloud Build, Buildkite; then GOPATH.
   */
  private static final List<Pattern> CHECKOUTS =
      List.of(
          Pattern.compile(
              "^(?:home/runner/work|Users/runner/work|a|actions-runner/_work)/([^/]+)/\\1/"),
          Pattern.compile("^github/workspace/"),
          Pattern.compile("^__w/([^/]+)/\\1/"),
          Pattern.compile("^builds/(?:[^/]+/\\d+/)?[^/]+/[^/]+/"),
          Pattern.compile("^var/(?:lib/)?jenkins(?:_home)?/workspace/[^/]+/"),
          Pattern.compile("^home/jenkins/(?:agent/)?workspace/[^/]+/"),
          Pattern.compile("^(?:home/vsts/work|agent/_work|_work|vsts/agent/_work)/\\d+/s/"),
          Pattern.compile("^opt/atlassian/pipelines/agent/build/"),
          Pattern.compile("^(?:home/circleci|root)/(?:project|repo)/"),
          Pattern.compile("^(?:drone|woodpecker)/src/"),
          Pattern.compile("^workspace/(?:source/)?"),
          Pattern.compile("^(?:var/lib/buildkite-agent|buildkite)/builds/[^/]+/[^/]+/[^/]+/"),
          Pattern.compile(
              "^(?:.*/)?go/src/(?:github\\.com|gitlab\\.com|bitbucket\\.org)/[^/]+/[^/]+/"));

  private final List<String> roots;

  /**
   * @param roots checkout directories to remove before the known ones
   */
  public RepositoryPaths(List<String> roots) {
    List<String> bare = new ArrayList<>();
    for (String root : roots) {
      String plain = plain(root);
      if (!plain.isEmpty()) {
        bare.add(plain + "/");
      }
    }
    this.roots = List.copyOf(bare);
  }

  /** The repository path of a file name in any spelling; empty for an empty name. */
  public String of(String name) {
    if (name == null) {
      return "";
    }
    boolean absolute = isAbsolute(name);
    String path = plain(name);
    if (!absolute) {
      return path;
    }
    for (String root : roots) {
      if (path.startsWith(root)) {
        return path.substring(root.length());
      }
    }
    for (Pattern checkout : CHECKOUTS) {
      Matcher matcher = checkout.matcher(path);
      if (matcher.find()) {
        return path.substring(matcher.end());
      }
    }
    return path;
  }

  /** As {@link #of}, of a URI reference: {@code file:///…} and percent escapes are resolved. */
  public String ofUri(String uri) {
    if (uri == null) {
      return "";
    }
    String rest = uri.strip();
    if (rest.regionMatches(true, 0, "file:", 0, 5)) {
      rest = rest.substring(5);
      if (rest.startsWith("//")) {
        int path = rest.indexOf('/', 2);
        rest = path < 0 ? "" : rest.substring(path);
      }
    }
    return of(unescape(rest));
  }

  private static boolean isAbsolute(String name) {
    return name.startsWith("/")
        || name.startsWith("\\")
        || (name.length() > 2 && name.charAt(1) == ':' && Character.isLetter(name.charAt(0)));
  }

  private static String plain(String name) {
    String path = name.strip();
    if (path.indexOf('\\') >= 0) {
      path = path.replace('\\', '/');
    }
    int start = 0;
    while (start < path.length() && path.charAt(start) == '/') {
      start++;
    }
    if (path.length() > start + 2
        && path.charAt(start + 1) == ':'
        && path.charAt(start + 2) == '/'
        && Character.isLetter(path.charAt(start))) {
      start += 3;
    }
    return resolved(path.substring(start));
  }

  /** Without empty, {@code .} and inner {@code ..} parts. */
  private static String resolved(String path) {
    if (!path.contains("//")
        && !path.startsWith("./")
        && !path.contains("/.")
        && !path.startsWith("..")
        && !path.equals(".")
        && !path.endsWith("/")) {
      return path;
    }
    List<String> parts = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..") && !parts.isEmpty() && !parts.get(parts.size() - 1).equals("..")) {
        parts.remove(parts.size() - 1);
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }

  private static String unescape(String uri) {
    if (uri.indexOf('%') < 0) {
      return uri;
    }
    try {
      // A plus sign is itself in a path; only a query writes a space so.
      return URLDecoder.decode(uri.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // A lone percent sign: the name was never escaped.
      return uri;
    }
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "RepositoryPaths%s", roots);
  }
}
