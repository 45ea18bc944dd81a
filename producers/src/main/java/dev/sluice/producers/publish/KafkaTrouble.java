package dev.sluice.producers.publish;

import dev.sluice.registry.RegistryException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Says in plain words why Kafka did not take an event, and what to do. */
final class KafkaTrouble {
  private KafkaTrouble() {}

  static String describe(Exception failure) {
    if (failure instanceof TimeoutException) {
      return "Kafka does not answer or the topic is not there; check kafka.bootstrap-servers and"
          + " that the topics exist, then send it again";
    }
    if (failure instanceof UnknownTopicOrPartitionException) {
      return "the topic is not there; create the topics, then send it again";
    }
    if (failure instanceof AuthenticationException) {
      return "Kafka does not accept the publisher's credentials; check kafka.properties";
    }
    if (failure instanceof AuthorizationException) {
      return "Kafka does not let the publisher write to its topic; grant it Write and"
          + " IdempotentWrite";
    }
    if (failure instanceof RecordTooLargeException) {
      return "Kafka refuses a record of this size; lower publisher.max-record-bytes or raise the"
          + " topic's max.message.bytes";
    }
    if (failure instanceof RegistryException) {
      // Names the registry, the subject and the remedy, never a record.
      return failure.getMessage();
    }
    return "Kafka did not take an event ("
        + failure.getClass().getSimpleName()
        + "); send it again";
  }
}
