package dev.sluice.registry;

/**
 * No registry gave a usable answer after all retries: none is up, it refuses our credentials, or
 * what answers is no registry. The record at hand may be perfectly good: wait or stop, and do not
 * set the record aside.
 */
public final class RegistryUnavailableException extends RegistryException {
  private static final long serialVersionUID = 1L;

  public RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
