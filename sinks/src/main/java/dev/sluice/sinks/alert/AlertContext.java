package dev.sluice.sinks.alert;

/**
 * What an alert sink knows about one delivery besides the alert.
 *
 * @param attempt counts from 1; above 1 an earlier attempt may have reached the receiver
 */
public record AlertContext(int attempt) {
  public AlertContext {
    if (attempt < 1) {
      throw new IllegalArgumentException("attempt counts from 1, not " + attempt);
    }
  }
}
