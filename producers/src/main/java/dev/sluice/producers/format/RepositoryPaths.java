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
  private static final Checkout[] CHECKOUTS = {
    new Checkout("home/runner/work/", "([^/]+)/\\1/"),
    new Checkout("Users/runner/work/", "([^/]+)/\\1/"),
    new Checkout("a/", "([^/]+)/\\1/"),
    new Checkout("actions-runner/_work/", "([^/]+)/\\1/"),
    new Checkout("github/workspace/", ""),
    new Checkout("__w/", "([^/]+)/\\1/"),
    new Checkout("builds/", "(?:[^/]+/\\d+/)?[^/]+/[^/]+/"),
    new Checkout("var/jenkins", "(?:_home)?/workspace/[^/]+/"),
    new Checkout("var/lib/jenkins", "(?:_home)?/workspace/[^/]+/"),
    new Checkout("home/jenkins/", "(?:agent/)?workspace/[^/]+/"),
    new Checkout("home/vsts/work/", "\\d+/s/"),
    new Checkout("agent/_work/", "\\d+/s/"),
    new Checkout("_work/", "\\d+/s/"),
    new Checkout("vsts/agent/_work/", "\\d+/s/"),
    new Checkout("opt/atlassian/pipelines/agent/build/", ""),
    new Checkout("home/circleci/", "(?:project|repo)/"),
    new Checkout("root/", "(?:project|repo)/"),
    new Checkout("drone/src/", ""),
    new Checkout("woodpecker/src/", ""),
    new Checkout("workspace/", "(?:source/)?"),
    new Checkout("var/lib/buildkite-agent/builds/", "[^/]+/[^/]+/[^/]+/"),
    new Checkout("buildkite/builds/", "[^/]+/[^/]+/[^/]+/"),
  };

  private static final String GOPATH = "go/src/";
  private static final Pattern IN_GOPATH =
      Pattern.compile("^(?:.*/)?go/src/(?:github\\.com|gitlab\\.com|bitbucket\\.org)/[^/]+/[^/]+/");

  /** A place of checkouts: how it begins, and what of the rest belongs to it. */
  private record Checkout(String start, Pattern rest) {
    Checkout(String start, String rest) {
      this(start, Pattern.compile(rest));
    }

    /** Where a path goes on behind it; -1 if it is not below. Most paths end at the first look. */
    int end(String path) {
      if (path.startsWith(start)) {
        Matcher matcher = rest.matcher(path).region(start.length(), path.length());
        return matcher.lookingAt() ? matcher.end() : -1;
      }
      return -1;
    }
  }

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
    for (Checkout checkout : CHECKOUTS) {
      int end = checkout.end(path);
      if (end >= 0) {
        return path.substring(end);
      }
    }
    if (path.contains(GOPATH)) {
      Matcher matcher = IN_GOPATH.matcher(path);
      return matcher.find() ? path.substring(matcher.end()) : path;
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
    if (!path.startsWith(".") && !path.contains("/.")) {
      return withoutEmptyParts(path);
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

  private static String withoutEmptyParts(String path) {
    StringBuilder kept = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c != '/' || (kept.length() > 0 && kept.charAt(kept.length() - 1) != '/')) {
        kept.append(c);
      }
    }
    int end = kept.length();
    return kept.substring(0, end > 0 && kept.charAt(end - 1) == '/' ? end - 1 : end);
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
