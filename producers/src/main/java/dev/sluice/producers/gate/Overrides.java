package dev.sluice.producers.gate;

import dev.sluice.events.GateOverride;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** A person's word against the gate's. */
public final class Overrides {
  private static final int MOST = 100;
  private static final int LONGEST = 500;

  private Overrides() {}

  /**
   * @param answer what the gate said
   * @param by who lets it pass
   * @param reason why, at most 500 characters
   * @param token name of the gateway's token, or null
   * @throws IllegalArgumentException if nobody says who or why; the message is for people
   */
  public static GateOverride of(
      GateAnswer answer, String by, String reason, String token, Instant at) {
    if (by == null || by.isBlank() || by.length() > 200) {
      throw new IllegalArgumentException("by must say who lets it pass, in 1 to 200 characters");
    }
    if (reason == null || reason.isBlank() || reason.length() > LONGEST) {
      throw new IllegalArgumentException("reason must say why, in 1 to " + LONGEST + " characters");
    }
    return GateOverride.newBuilder()
        .setId("gate-" + UUID.randomUUID())
        .setAsset(answer.asset())
        .setUnit(answer.unit())
        .setVersion(answer.version())
        .setCommit(answer.commit())
        .setLine(answer.line())
        .setBy(by.strip())
        .setToken(token)
        .setReason(reason.strip())
        .setAt(at)
        .setOutcome(answer.outcome())
        .setExplanation(answer.reason())
        .setScans(first(answer.scans().stream().map(GateAnswer.Scan::scanId).toList()))
        .setMissing(first(answer.missing().stream().map(GateAnswer.Missing::scanner).toList()))
        .setFailing(first(answer.failing().stream().map(GateFinding::id).toList()))
        .setFailingCount(answer.failingCount())
        .build();
  }

  /** The same as the answer shows it. */
  public static GateAnswer.Override view(GateOverride made) {
    return new GateAnswer.Override(
        made.getId(), made.getBy(), made.getReason(), made.getAt().toString());
  }

  private static List<String> first(List<String> texts) {
    return texts.stream().filter(Objects::nonNull).limit(MOST).toList();
  }
}
