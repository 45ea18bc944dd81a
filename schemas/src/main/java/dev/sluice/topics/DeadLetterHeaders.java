package dev.sluice.topics;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;

/**
 * Headers of a dead letter: where the record was, who could not use it, and why. Key and value are
 * the original bytes. A record that dies again keeps the coordinates of its last death.
 */
public final class DeadLetterHeaders {
  public static final String TOPIC = "sluice-topic";
  public static final String PARTITION = "sluice-partition";
  public static final String OFFSET = "sluice-offset";
  public static final String STEP = "sluice-step";
  public static final String ERROR = "sluice-error";
  public static final String TIME = "sluice-time";

  /** Longest reason, in characters. */
  private static final int LONGEST = 2_000;

  private DeadLetterHeaders() {}

  /**
   * @param step who could not use it, for example {@code streams:decode} or {@code sink:NAME}
   * @param error why, for people; never the record's content
   */
  public static void put(
      Headers headers,
      String topic,
      int partition,
      long offset,
      String step,
      String error,
      Instant at) {
    String reason = error == null ? "" : error;
    put(headers, TOPIC, topic);
    put(headers, PARTITION, Integer.toString(partition));
    put(headers, OFFSET, Long.toString(offset));
    put(headers, STEP, step);
    put(headers, ERROR, reason.length() > LONGEST ? reason.substring(0, LONGEST) : reason);
    put(headers, TIME, at.toString());
  }

  private static void put(Headers headers, String name, String value) {
    headers.remove(name);
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
