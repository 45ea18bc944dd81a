package dev.sluice.app.feed;

import dev.sluice.settings.Setting;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** One feed that is loaded by the clock, at {@code feeds.NAME}. */
public record FeedSettings(
    @Setting(doc = "Where it is fetched from, https; cisa-kev and epss know theirs.") String url,
    @Setting(doc = "Format, where it is not to be recognised.") String format,
    @Setting(value = "true", doc = "Whether it is fetched.") boolean enabled,
    @Setting(value = "24h", doc = "Time between two fetches, 1m to 31d.") Duration every) {

  /** Where well-known feeds are published. */
  private static final Map<String, String> KNOWN =
      Map.of(
          "cisa-kev",
          "https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json",
          "epss",
          "https://epss.empiricalsecurity.com/epss_scores-current.csv.gz");

  public FeedSettings {
    if (every.compareTo(Duration.ofMinutes(1)) < 0 || every.compareTo(Duration.ofDays(31)) > 0) {
      throw new IllegalArgumentException("every must be 1m to 31d, not " + every);
    }
    if (!url.isEmpty()) {
      scheme(url);
    }
  }

  /**
   * Its address.
   *
   * @throws IllegalArgumentException if none is set and the feed is not a well-known one
   */
  public URI address(String name) {
    String text = url.isEmpty() ? KNOWN.get(name) : url;
    if (text == null) {
      throw new IllegalArgumentException(
          "feeds." + name + ".url is not set; only " + KNOWN.keySet() + " know theirs");
    }
    return URI.create(text);
  }

  private static void scheme(String url) {
    String scheme;
    try {
      scheme = URI.create(url).getScheme();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("url \"" + url + "\" is no address", e);
    }
    if (!"https".equals(scheme) && !"http".equals(scheme)) {
      throw new IllegalArgumentException("url \"" + url + "\" must begin with https://");
    }
  }
}
