package dev.sluice.streams.rules.policy;

import dev.sluice.events.FindingKind;
import dev.sluice.events.Severity;
import dev.sluice.streams.rules.document.YamlNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * When work is due.
 *
 * @param grace least time that is given, counted from when a finding was first seen or became
 *     something to act on, whichever is later
 * @param dueSoon how long before the date people are reminded
 * @param exploited time for a known exploited vulnerability without a date of its own; null for
 *     none
 * @param liveSecret time for a live secret; null leaves it to its severity
 * @param bySeverity time from when it was first seen; a severity that is not there has no deadline
 */
record Deadlines(
    Duration grace,
    Duration dueSoon,
    Duration exploited,
    Duration liveSecret,
    Map<Severity, Duration> bySeverity) {

  private static final List<String> KEYS =
      List.of(
          "grace-days",
          "due-soon-days",
          "known-exploited-days",
          "live-secret-days",
          "critical-days",
          "high-days",
          "medium-days",
          "low-days",
          "unknown-days");
  private static final int LONGEST = 3650;

  static Deadlines read(YamlNode node) {
    Map<String, YamlNode> fields = node == null ? Map.of() : node.fields(KEYS);
    Map<Severity, Duration> bySeverity = new EnumMap<>(Severity.class);
    put(bySeverity, Severity.CRITICAL, fields.get("critical-days"), 30);
    put(bySeverity, Severity.HIGH, fields.get("high-days"), 60);
    put(bySeverity, Severity.MEDIUM, fields.get("medium-days"), 90);
    put(bySeverity, Severity.LOW, fields.get("low-days"), 0);
    // Nobody said how bad it is: as for high.
    put(bySeverity, Severity.UNKNOWN, fields.get("unknown-days"), 60);
    return new Deadlines(
        days(fields.get("grace-days"), 7),
        days(fields.get("due-soon-days"), 7),
        days(fields.get("known-exploited-days"), 14),
        fields.containsKey("live-secret-days") ? days(fields.get("live-secret-days"), 0) : null,
        Map.copyOf(bySeverity));
  }

  private static void put(
      Map<Severity, Duration> map, Severity severity, YamlNode node, int otherwise) {
    Duration days = days(node, otherwise);
    if (!days.isZero()) {
      map.put(severity, days);
    }
  }

  private static Duration days(YamlNode node, int otherwise) {
    return Duration.ofDays(node == null ? otherwise : node.number(0, LONGEST));
  }

  Deadline due(PolicyFacts facts, Instant firstSeen, Instant decidedAt) {
    Instant seen = firstSeen != null ? firstSeen : decidedAt;
    if (seen == null) {
      return new Deadline(null, "no deadline: it is not known when it was first seen");
    }
    Deadline wanted = new Deadline(null, "");
    if (facts.knownExploited() && facts.exploitedDue() != null) {
      Instant endOfDay =
          facts.exploitedDue().atTime(LocalTime.of(23, 59, 59)).toInstant(ZoneOffset.UTC);
      wanted =
          new Deadline(
              endOfDay, "known to be exploited: the catalogue says " + facts.exploitedDue());
    } else if (facts.knownExploited() && exploited != null) {
      wanted = after(seen, exploited, "known to be exploited");
    }
    if (facts.kind() == FindingKind.SECRET && facts.secretLive() && liveSecret != null) {
      wanted = earlier(wanted, after(seen, liveSecret, "a live secret"));
    }
    Duration days = bySeverity.get(facts.severity());
    if (days != null) {
      String severity =
          facts.severity() == Severity.UNKNOWN
              ? "unknown severity"
              : facts.severity().name().toLowerCase(Locale.ROOT);
      wanted = earlier(wanted, after(seen, days, severity));
    }
    if (wanted.due() == null) {
      return new Deadline(
          null, "no deadline for severity " + facts.severity().name().toLowerCase(Locale.ROOT));
    }
    Instant later = decidedAt != null && decidedAt.isAfter(seen) ? decidedAt : seen;
    Instant earliest = later.plus(grace);
    return wanted.due().isBefore(earliest)
        ? new Deadline(
            earliest,
            grace.toDays()
                + " days of grace after it was "
                + (later.equals(seen) ? "first seen" : "decided")
                + " ("
                + wanted.reason()
                + ")")
        : wanted;
  }

  private static Deadline after(Instant seen, Duration days, String why) {
    return new Deadline(
        seen.plus(days), why + ": " + days.toDays() + " days after it was first seen");
  }

  private static Deadline earlier(Deadline a, Deadline b) {
    return a.due() == null || b.due().isBefore(a.due()) ? b : a;
  }
}
