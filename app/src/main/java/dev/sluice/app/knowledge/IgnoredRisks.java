package dev.sluice.app.knowledge;

import dev.sluice.events.Finding;
import dev.sluice.events.Severity;
import dev.sluice.events.Suppression;
import dev.sluice.events.SuppressionKind;
import dev.sluice.streams.rules.identity.VulnerabilityIds;
import dev.sluice.streams.rules.suppression.IgnoreFile;
import dev.sluice.streams.rules.suppression.Ignored;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes what a scanner is told to ignore over as accepted risks of an asset. Each has an end: its
 * own, else the one that is asked for, else the one it was given before, else 90 days from now. So
 * taking the same file over again and again renews nothing.
 */
public final class IgnoredRisks {
  /** How long a risk is accepted of which nobody says until when. */
  public static final int DEFAULT_DAYS = 90;

  private final String asset;
  private final String file;
  private final Person by;
  private final Severity cap;
  private final Instant until;
  private final Instant now;
  private final Map<String, Suppression> taken = new LinkedHashMap<>();
  private final List<IgnoreFile.LeftOut> remarks = new ArrayList<>();

  /**
   * @param file as people find it; what an earlier one of that name said is replaced
   * @param by who answers for it; the reason counts where the file states none
   * @param until when they lapse that have no end of their own, or null
   */
  public IgnoredRisks(
      String asset, String file, Person by, Severity cap, Instant until, Instant now) {
    this.asset = asset;
    this.file = file;
    this.by = by;
    this.cap = cap;
    this.until = until;
    this.now = now;
  }

  /** Whether an acceptance was taken over from this file for this asset. */
  public boolean isFromHere(Suppression suppression) {
    String source = suppression.getSource();
    return suppression.getKind() == SuppressionKind.ACCEPTED_RISK
        && suppression.getProducts().equals(List.of(asset))
        && source != null
        && source.substring(0, Math.max(0, source.lastIndexOf(':'))).equals(file);
  }

  /**
   * Takes over what can be.
   *
   * @param before what was taken over from this file
   */
  public void take(IgnoreFile read, Collection<Suppression> before) {
    Map<String, Suppression> former = new HashMap<>();
    before.forEach(each -> former.put(each.getId(), each));
    remarks.addAll(read.left());
    for (Ignored each : read.ignored()) {
      Instant end = end(each, former.get(each.key(asset, file)));
      if (end.isAfter(now)) {
        take(each, end);
      } else {
        String remedy = each.ends() == null ? "; renew it with --until" : "";
        remark(each.line(), each.id() + ": ended on " + day(end) + remedy);
      }
    }
  }

  private void take(Ignored each, Instant end) {
    String reason = by.reason() == null ? "ignored in " + file : by.reason();
    Suppression made = each.accepted(asset, file, end, reason, by.name(), cap);
    Suppression twin = taken.get(made.getId());
    if (twin != null) {
      remark(each.line(), each.id() + ": is there twice; the later end counts");
    }
    if (twin == null || twin.getExpires().isBefore(end)) {
      made.setRecordedAt(now);
      made.setRecordedBy(by.account());
      taken.put(made.getId(), made);
    }
  }

  private Instant end(Ignored each, Suppression former) {
    Instant most = from(AcceptedFinding.MOST_DAYS);
    if (each.ends() != null && !each.ends().isAfter(most)) {
      return each.ends();
    }
    if (each.ends() != null) {
      remark(
          each.line(),
          each.id() + ": " + day(each.ends()) + " is too far; a year is the most at a time");
    }
    if (until != null) {
      return until;
    }
    if (former != null && former.getExpires() != null) {
      return former.getExpires();
    }
    return each.ends() == null ? from(DEFAULT_DAYS) : most;
  }

  private Instant from(int days) {
    return now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(days + 1L));
  }

  private static String day(Instant time) {
    return time.toString().substring(0, 10);
  }

  /** Says which of them nothing of the asset is called now. */
  public void compare(List<Finding> found) {
    Set<String> ids = new HashSet<>();
    for (Finding each : found) {
      ids.add(VulnerabilityIds.normalise(each.getVulnerability()));
      each.getAliases().forEach(alias -> ids.add(VulnerabilityIds.normalise(alias)));
    }
    for (Suppression each : taken.values()) {
      if (!ids.contains(each.getVulnerability())) {
        String source = each.getSource();
        remark(
            Integer.parseInt(source.substring(source.lastIndexOf(':') + 1)),
            each.getVulnerability()
                + ": nothing in "
                + asset
                + " has it now; kept in case it comes");
      }
    }
  }

  private void remark(int line, String text) {
    remarks.add(new IgnoreFile.LeftOut(line, text));
  }

  /** The accepted risks, in the order of the file. */
  public List<Suppression> taken() {
    return List.copyOf(taken.values());
  }

  /** What there is to say about single lines, in the order of the file. */
  public List<String> remarks() {
    return remarks.stream()
        .sorted(java.util.Comparator.comparingInt(IgnoreFile.LeftOut::line))
        .map(each -> file + ", line " + each.line() + ": " + each.why())
        .toList();
  }
}
