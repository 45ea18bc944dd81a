package dev.sluice.producers.asset;

import dev.sluice.producers.asset.AssetNaming.Named;
import dev.sluice.producers.asset.AssetNaming.Unusable;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Source repositories, however git, browsers and package files spell them: to {@code host/path},
 * without user, {@code .git} and what points inside the repository.
 */
final class RepositoryNames {
  private static final Set<String> WEB_SCHEMES = Set.of("https", "http");
  private static final Set<String> GIT_SCHEMES =
      Set.of("ssh", "git", "git+https", "git+http", "git+ssh", "scm");

  /** {@code [user@]host:path}, git's own short form. Without a user, digits are a port. */
  private static final Pattern SCP =
      Pattern.compile("(?:[A-Za-z0-9._-]+@|(?![^:]+:[0-9]+/))([A-Za-z0-9.-]+):(?!//)(.+)");

  private static final Pattern HOST =
      Pattern.compile("[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?");
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._~+%-]+");

  /** Hosts that ignore the case of a path. Others may not, and keep it. */
  private static final Pattern CASELESS_HOST =
      Pattern.compile(
          "(github\\.com|gitlab\\.com|bitbucket\\.org|codeberg\\.org|dev\\.azure\\.com"
              + "|(github|gitlab|bitbucket|gitea)\\.[^:]+)");

  /** Hosts whose repositories are always owner and name, so that the rest points inside. */
  private static final Set<String> TWO_PARTS =
      Set.of("github.com", "bitbucket.org", "codeberg.org");

  private RepositoryNames() {}

  /** Whether only a source repository is written so. */
  static boolean isUnmistakable(String text, String scheme) {
    boolean url = text.regionMatches(scheme.length(), "://", 0, 3);
    if (url && (GIT_SCHEMES.contains(scheme) || WEB_SCHEMES.contains(scheme))) {
      return GIT_SCHEMES.contains(scheme)
          || !ImageNames.isOnRegistry(text.substring(scheme.length() + 3));
    }
    if (shorthandHost(scheme) != null && !url) {
      return true;
    }
    Matcher scp = SCP.matcher(text);
    if (scp.matches()) {
      int at = text.indexOf('@');
      boolean user = at > 0 && text.indexOf('/') > at || scheme.startsWith("git@");
      return user || CASELESS_HOST.matcher(alias(scp.group(1).toLowerCase(Locale.ROOT))).matches();
    }
    int slash = text.indexOf('/');
    String host = slash < 0 ? "" : text.substring(0, slash).toLowerCase(Locale.ROOT);
    boolean tagged = text.lastIndexOf(':') > slash || text.contains("@sha");
    return !tagged && CASELESS_HOST.matcher(alias(host)).matches();
  }

  /** Whether a spelling without a scheme begins with a host. */
  static boolean hasHost(String text) {
    int slash = text.indexOf('/');
    return slash > 0 && text.substring(0, slash).matches(".*[.:].*");
  }

  static AssetNaming canonical(String spelling) {
    String text = spelling;
    String version = null;
    int hash = text.indexOf('#');
    if (hash >= 0) {
      version = reference(text.substring(hash + 1));
      text = text.substring(0, hash);
    }
    int query = text.indexOf('?');
    text = query < 0 ? text : text.substring(0, query);

    String authority;
    String path;
    boolean ssh = false;
    int url = text.indexOf("://");
    Matcher scp = SCP.matcher(text);
    String shorthand = shorthandHost(text.substring(0, Math.max(0, text.indexOf(':'))));
    if (url > 0) {
      ssh = text.substring(0, url).toLowerCase(Locale.ROOT).contains("ssh");
      String rest = text.substring(url + 3);
      int slash = rest.indexOf('/');
      authority = slash < 0 ? rest : rest.substring(0, slash);
      path = slash < 0 ? "" : rest.substring(slash + 1);
    } else if (shorthand != null) {
      authority = shorthand;
      path = text.substring(text.indexOf(':') + 1);
    } else if (scp.matches()) {
      authority = scp.group(1);
      path = scp.group(2);
    } else if (hasHost(text)) {
      authority = text.substring(0, text.indexOf('/'));
      path = text.substring(text.indexOf('/') + 1);
    } else {
      // As gh and npm read it; other hosts are to be written out.
      authority = "github.com";
      path = text;
    }
    // Pip writes …/repo.git@ref; an @ further left would belong to the authority.
    int at = path.lastIndexOf('@');
    if (at > 0) {
      version = reference(path.substring(at + 1));
      path = path.substring(0, at);
    }
    return named(host(authority, ssh), path, version);
  }

  private static AssetNaming named(String host, String rawPath, String version) {
    if (!HOST.matcher(host).matches()) {
      return unusable("the repository's host is no host name");
    }
    String path = RepositoryPaths.withoutInside(host, rawPath);
    String[] parts = path.split("/", -1);
    if (TWO_PARTS.contains(host) && parts.length > 2) {
      parts = new String[] {parts[0], parts[1]};
    }
    int last = parts.length - 1;
    parts[last] = parts[last].replaceFirst("(?i)(\\.git)+$", "");
    for (String part : parts) {
      if (!SEGMENT.matcher(part).matches() || part.equals(".") || part.equals("..")) {
        return unusable(
            "a part of the repository's name is empty or has characters that none may have");
      }
    }
    if (parts.length < 2 && TWO_PARTS.contains(host)) {
      return unusable("a repository on " + host + " is named by its owner and its name");
    }
    String joined = String.join("/", parts);
    String name =
        host
            + "/"
            + (CASELESS_HOST.matcher(host).matches() ? joined.toLowerCase(Locale.ROOT) : joined);
    if (!AssetName.isValid(name)) {
      return unusable(
          "the repository's name is longer than " + AssetName.MAX_LENGTH + " characters");
    }
    return new Named(new AssetName(name), AssetKind.REPOSITORY, version, null);
  }

  /** Without user and password; without the port where it says how and not what. */
  private static String host(String authority, boolean ssh) {
    String host = authority.substring(authority.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    host = host.replaceFirst(ssh ? ":[0-9]*$" : ":(80|443|9418)?$", "").replaceFirst("\\.$", "");
    return alias(host);
  }

  private static String alias(String host) {
    return switch (host) {
      case "www.github.com", "ssh.github.com", "api.github.com", "raw.githubusercontent.com" ->
          "github.com";
      case "www.gitlab.com", "altssh.gitlab.com" -> "gitlab.com";
      case "www.bitbucket.org", "altssh.bitbucket.org", "api.bitbucket.org" -> "bitbucket.org";
      case "ssh.dev.azure.com" -> "dev.azure.com";
      default -> host;
    };
  }

  private static String shorthandHost(String scheme) {
    return switch (scheme.toLowerCase(Locale.ROOT)) {
      case "github" -> "github.com";
      case "gitlab" -> "gitlab.com";
      case "bitbucket" -> "bitbucket.org";
      default -> null;
    };
  }

  private static String reference(String text) {
    return text.matches("[A-Za-z0-9][A-Za-z0-9._/-]{0,199}") ? text : null;
  }

  private static Unusable unusable(String reason) {
    return new Unusable(reason, AssetNames.REMEDY);
  }
}
