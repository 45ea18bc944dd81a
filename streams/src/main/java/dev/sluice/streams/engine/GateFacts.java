package dev.sluice.streams.engine;

import dev.sluice.events.Finding;
import dev.sluice.events.FindingKind;
import dev.sluice.events.GateMode;
import dev.sluice.events.Severity;
import dev.sluice.streams.rules.identity.Hashes;
import dev.sluice.streams.rules.item.ItemKey;
import java.nio.ByteBuffer;

/**
 * What tells, of a finding that somebody must act on, whether it fails a gate, so that a verdict
 * need not read the findings of a series one by one.
 *
 * @param urgent whether it fails a gate however old it is
 * @param exploited whether it is known to be exploited
 * @param severity its severity
 * @param openedBy hash of what was scanned when it was opened; 0 if that is not known
 * @param policy hash of the policy that decided
 */
record GateFacts(boolean urgent, boolean exploited, Severity severity, long openedBy, long policy) {
  private static final int LENGTH = 18;
  private static final byte URGENT = 1;
  private static final byte EXPLOITED = 2;

  /**
   * What is kept beside the finding's name; empty if the finding has to be looked at.
   *
   * @param openedBy what was scanned when it was opened, or null
   */
  static byte[] of(Finding finding, String openedBy) {
    if (finding.getKind() == FindingKind.DEPLOYMENT) {
      return new byte[0]; // it was not the policy that decided
    }
    // Such as may not join a baseline fail a gate however old they are, and no other.
    int flags =
        (ItemKey.mayJoinBaseline(finding) ? 0 : URGENT)
            | (finding.getKnownExploited() ? EXPLOITED : 0);
    return ByteBuffer.allocate(LENGTH)
        .put((byte) flags)
        .put((byte) finding.getSeverity().ordinal())
        .putLong(hash(openedBy))
        .putLong(hash(finding.getDecision().getPolicyVersion()))
        .array();
  }

  /** Null where the finding has to be looked at; rows of older releases are empty. */
  static GateFacts from(byte[] bytes) {
    if (bytes.length != LENGTH) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    byte flags = buffer.get();
    return new GateFacts(
        (flags & URGENT) != 0,
        (flags & EXPLOITED) != 0,
        Severity.values()[buffer.get()],
        buffer.getLong(),
        buffer.getLong());
  }

  /** Hash of a policy's version or of what is scanned; 0 for null. */
  static long hash(String name) {
    return name == null ? 0 : Hashes.of8(name);
  }

  /** Whether this policy decided it, so that the gate need not ask again. */
  boolean isBy(long policyInForce) {
    return policy == policyInForce;
  }

  /** Whether it was opened by what is scanned now: what is new in a build stays new in it. */
  boolean isNewIn(long scanned) {
    return scanned != 0 && openedBy == scanned;
  }

  /** Whether it fails a gate of that mode; the policy that decided it is the one in force. */
  boolean fails(GateMode mode, boolean isNew) {
    return switch (mode) {
      case OBSERVE -> false;
      case ENFORCE -> true;
      default -> urgent || isNew;
    };
  }
}
