package dev.sluice.producers.gateway;

/** What a token may do; each role includes the ones before it. */
public enum Role {
  /** Read verdicts. */
  VIEW,
  /** Publish scans. */
  PUBLISH,
  /** Accept risks. */
  ACCEPT,
  /** Everything. */
  ADMIN;

  boolean includes(Role other) {
    return ordinal() >= other.ordinal();
  }
}
