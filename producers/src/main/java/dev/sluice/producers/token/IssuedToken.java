package dev.sluice.producers.token;

import java.time.Instant;
import java.util.Optional;

/**
 * A token of the token file. The token itself is in nobody's file: only whoever made it has seen
 * it.
 *
 * @param name name for people and logs
 * @param grant its hash, and what it allows
 * @param created when and by whom it was made
 * @param expires from when on it is refused; null is never
 * @param revoked when and by whom it was taken away; null while it was not
 */
public record IssuedToken(
    String name, TokenSettings grant, Act created, Instant expires, Act revoked) {

  /**
   * What somebody did.
   *
   * @param reason why; null if nobody said
   */
  public record Act(Instant at, String by, String reason) {}

  /** Whether it lets anybody in. */
  public boolean isLive(Instant now) {
    return revoked == null && !isExpired(now);
  }

  public boolean isExpired(Instant now) {
    return expires != null && !now.isBefore(expires);
  }

  /** {@code live}, {@code expired} or {@code revoked}. */
  public String state(Instant now) {
    return Optional.ofNullable(revoked)
        .map(act -> "revoked")
        .orElse(isExpired(now) ? "expired" : "live");
  }

  IssuedToken revoke(Act act) {
    return new IssuedToken(name, grant, created, expires, act);
  }
}
