package dev.sluice.sinks.grouping;

import dev.sluice.settings.Setting;
import java.time.Duration;

/** What an alert sink sends as one message and when, at {@code sinks.NAME.grouping}. */
public record GroupingSettings(
    @Setting(value = "ASSET", doc = "What comes as one message: by ASSET, OWNER, SEVERITY or NONE.")
        GroupBy by,
    @Setting(value = "30s", doc = "From the first event of a group to its first message.")
        Duration window,
    @Setting(value = "5m", doc = "Least time between two messages of one group, or two storms.")
        Duration interval,
    @Setting(value = "24h", doc = "After which what is still open is said again; 0s: never.")
        Duration repeat,
    @Setting(
            value = "50",
            doc = "Events that wait at once, of all groups, above which all of it is one message.")
        int stormEvents,
    @Setting(value = "10", doc = "Groups that wait at once above which all of it is one message.")
        int stormGroups,
    @Setting(
            value = "20000",
            doc =
                "Events held at most, 100 to 200000; above it they are sent at once, also in quiet hours.")
        int maxHeld,
    @Setting(doc = "When nobody is to be told but of what is newly exploited.")
        QuietHours quietHours) {

  public GroupingSettings {
    notNegative("window", window);
    notNegative("interval", interval);
    notNegative("repeat", repeat);
    if (!repeat.isZero() && repeat.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException("repeat must be 0s or at least 1m, not " + repeat);
    }
    if (stormEvents < 1 || stormGroups < 1) {
      throw new IllegalArgumentException("storm-events and storm-groups must be at least 1");
    }
    if (maxHeld < 100 || maxHeld > 200_000) {
      throw new IllegalArgumentException("max-held must be 100 to 200000, not " + maxHeld);
    }
  }

  private static void notNegative(String key, Duration value) {
    if (value == null || value.isNegative()) {
      throw new IllegalArgumentException(key + " must be 0s or more");
    }
  }
}
