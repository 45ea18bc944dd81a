package dev.sluice.sinks.runner;

/** A record that is no event: its only way is to the dead letters. */
record Unread(Claim claim, long offset) implements Hold {
  @Override
  public void begin() {
    claim.begin();
  }

  @Override
  public void end() {
    claim.end();
  }

  @Override
  public void finish() {
    claim.finished(offset);
  }
}
