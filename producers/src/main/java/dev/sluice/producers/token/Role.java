package dev.sluice.producers.token;

/** What a token may do; each role includes the ones before it. */
public enum Role {
  /** Read verdicts, findings, items and scans. */
  VIEW,
  /** Publish scans. */
  PUBLISH,
  /** Accept risks, and let a version pass that the gate does not. */
  ACCEPT,
  /** Everything. */
  ADMIN;

  public boolean includes(Role other) {
    return ordinal() >= other.ordinal();
  }
}
