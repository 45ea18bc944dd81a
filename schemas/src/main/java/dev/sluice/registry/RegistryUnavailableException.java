package dev.sluice.registry;

/**
 * No registry gave an answer, after all retries. The record at hand may be perfectly good: wait or
 * stop, and do not set the record aside.
 */
public final class RegistryUnavailableException extends RegistryException {
  private static final long serialVersionUID = 1L;

  public RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
