package dev.sluice.topics;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Waits for answers of the broker, and says in one way what it would not do.
 *
 * @param servers named in errors
 * @param timeout for each answer
 */
record AdminCalls(Admin admin, String servers, Duration timeout) {

  /** Topics that exist, by name. */
  Map<String, TopicDescription> describe(Collection<String> names) {
    Map<String, TopicDescription> found = new HashMap<>();
    admin
        .describeTopics(names)
        .topicNameValues()
        .forEach(
            (name, future) -> {
              try {
                found.put(name, await("describe topic " + name, future));
              } catch (UnknownTopicOrPartitionException e) {
                // It is missing, which is an answer.
              }
            });
    return found;
  }

  /**
   * The answer.
   *
   * @param purpose what the broker is to do, for errors: "describe topic findings.v1"
   * @throws BrokerUnavailableException if the broker refuses or does not answer in time
   */
  <T> T await(String purpose, KafkaFuture<T> future) {
    try {
      return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException unknown) {
        throw unknown;
      }
      if (e.getCause() instanceof TopicExistsException exists) {
        throw exists;
      }
      throw new BrokerUnavailableException(
          "Cannot " + purpose + " at " + servers + ": " + e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new BrokerUnavailableException(
          "Cannot "
              + purpose
              + ": no answer from "
              + servers
              + " within "
              + timeout.toSeconds()
              + " s; check kafka.bootstrap-servers",
          e);
    } catch (InterruptedException e) {
      throw new InterruptException("Interrupted while trying to " + purpose, e);
    }
  }
}
