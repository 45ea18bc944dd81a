package dev.sluice.producers.format.github;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of repositories in GitHub's links, as an asset is spelt: {@code host/owner/name}. */
final class Repository {
  private static final Pattern WEB = Pattern.compile("https?://([^/]+)/([^/]+)/([^/?#]+).*");
  private static final Pattern API =
      Pattern.compile("https?://(?:api\\.)?([^/]+)/(?:api/v3/)?repos/([^/]+)/([^/?#]+).*");
  private static final int LONGEST = 2_000;

  private Repository() {}

  /** The repository of a link to it, to an alert in it, or to either in the API; else null. */
  static String ofLink(String link) {
    if (link == null || link.length() > LONGEST) {
      return null;
    }
    Matcher api = API.matcher(link);
    Matcher match = api.matches() ? api : WEB.matcher(link);
    if (!match.matches()) {
      return null;
    }
    String name = match.group(3);
    String host = match.group(1).substring(match.group(1).indexOf('@') + 1);
    return host + "/" + match.group(2) + "/" + name;
  }

  /** The repository of {@code owner/name} on github.com; null where it is no such name. */
  static String ofFullName(String fullName) {
    boolean plain = fullName != null && fullName.length() < LONGEST && fullName.contains("/");
    return plain ? "github.com/" + fullName.strip() : null;
  }
}
