package dev.sluice.registry;

import org.apache.kafka.common.KafkaException;

/**
 * The registry did not do what was asked. The message names subject or id and the registry's URL,
 * and never a credential. It is no {@code SerializationException} on purpose: whoever catches those
 * means a record that is broken, and sets it aside.
 */
public abstract sealed class RegistryException extends KafkaException
    permits RegistryUnavailableException, RegistryRefusedException {
  private static final long serialVersionUID = 1L;

  RegistryException(String message, Throwable cause) {
    super(message, cause);
  }
}
