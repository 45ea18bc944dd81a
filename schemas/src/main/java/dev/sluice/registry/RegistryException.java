package dev.sluice.registry;

import org.apache.kafka.common.errors.SerializationException;

/**
 * The registry did not do what was asked. The message names subject or id and the registry's URL,
 * and never a credential.
 */
public abstract sealed class RegistryException extends SerializationException
    permits RegistryUnavailableException, RegistryRefusedException {
  private static final long serialVersionUID = 1L;

  RegistryException(String message, Throwable cause) {
    super(message, cause);
  }
}
