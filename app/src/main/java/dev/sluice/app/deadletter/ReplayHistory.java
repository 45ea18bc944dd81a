package dev.sluice.app.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;

/**
 * Headers that a record carries from one replay to the next, one a replay: when, who, from which
 * dead letter, and whether it was repaired. A record that dies again keeps them.
 */
final class ReplayHistory {
  static final String HEADER = "sluice-replayed";

  private ReplayHistory() {}

  static int attempts(Headers headers) {
    return all(headers).size();
  }

  static List<String> all(Headers headers) {
    List<String> all = new ArrayList<>();
    headers
        .headers(HEADER)
        .forEach(header -> all.add(new String(header.value(), StandardCharsets.UTF_8)));
    return all;
  }

  static void add(
      Headers headers, Instant at, String by, String reason, LetterId from, boolean edited) {
    String line =
        (attempts(headers) + 1)
            + "; at "
            + at
            + "; by "
            + by
            + "; from "
            + from
            + (edited ? "; edited" : "")
            + (reason == null ? "" : "; " + reason);
    headers.add(HEADER, line.getBytes(StandardCharsets.UTF_8));
  }
}
