package dev.sluice.streams.rules.policy;

/**
 * What a test in a policy says.
 *
 * @param name name of the test
 * @param complaint what is wrong; empty if it passes
 */
public record PolicyTestResult(String name, String complaint) {

  /** Whether the outcome is the one expected. */
  public boolean passed() {
    return complaint.isEmpty();
  }
}
