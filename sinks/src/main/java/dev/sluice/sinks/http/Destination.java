package dev.sluice.sinks.http;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * Where a sink may send to: its configured URL and, by the allow-list, other hosts. It prints
 * without path and query, which often hold credentials.
 */
public final class Destination {
  private final URI url;
  private final HttpSettings settings;

  private Destination(URI url, HttpSettings settings) {
    this.url = url;
    this.settings = settings;
  }

  /**
   * Checks a configured URL.
   *
   * @param key settings key of the URL, for messages
   * @throws IllegalArgumentException if it may not be sent to; the message says why and what to do
   */
  public static Destination of(String key, URI url, HttpSettings settings) {
    if (url == null || url.getHost() == null || url.getScheme() == null) {
      throw new IllegalArgumentException(
          key + ": not an absolute http or https URL, for example https://hooks.example.org/in");
    }
    Destination destination = new Destination(url, settings);
    String problem = destination.problem(url);
    if (problem != null) {
      throw new IllegalArgumentException(key + ": " + host(url) + " " + problem);
    }
    return destination;
  }

  URI url() {
    return url;
  }

  /** A path, with query, under the configured URL. */
  URI at(String path) {
    String base = url.toString();
    return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
  }

  /** Whether an answer may send us on to another URL. */
  boolean mayFollow(URI next) {
    return next.getHost() != null
        && next.getScheme() != null
        && next.getScheme().equalsIgnoreCase(url.getScheme())
        && next.getHost().equalsIgnoreCase(url.getHost())
        && next.getPort() == url.getPort()
        && next.getUserInfo() == null;
  }

  private String problem(URI target) {
    String scheme = target.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      return "has the scheme " + scheme + "; only http and https are known";
    }
    if (target.getUserInfo() != null) {
      return "has credentials in the URL; put them into a setting of their own";
    }
    boolean here = settings.allowLoopback() && isLoopbackName(target.getHost());
    if (scheme.equals("http") && !settings.allowPlainHttp() && !here) {
      return "would be sent to in plain text; use https, or set allow-plain-http";
    }
    List<String> allowed = settings.allowedHosts();
    if (!allowed.isEmpty() && allowed.stream().noneMatch(rule -> matches(rule, target.getHost()))) {
      return "is not among allowed-hosts";
    }
    return null;
  }

  private static boolean isLoopbackName(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  static boolean matches(String rule, String host) {
    String name = host.toLowerCase(Locale.ROOT);
    String wanted = rule.trim().toLowerCase(Locale.ROOT);
    return wanted.startsWith("*.")
        ? name.endsWith(wanted.substring(1)) && name.length() > wanted.length() - 1
        : name.equals(wanted);
  }

  private static String host(URI url) {
    return url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
  }

  /** Scheme, host and port. */
  @Override
  public String toString() {
    return host(url);
  }
}
