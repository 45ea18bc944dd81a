package dev.sluice.streams.knowledge;

import dev.sluice.events.KnowledgeKind;
import dev.sluice.events.KnowledgeRevision;
import dev.sluice.topics.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Word to every partition that reference data has reached a revision: the time of loading in
 * milliseconds, which counts up without anybody having to read what was there.
 */
record Announcement(Instant at) {
  /** Vulnerabilities that are named; of more the word is that everything may have changed. */
  static final int MOST_CHANGED = 10_000;

  long revision() {
    return at.toEpochMilli();
  }

  /**
   * Tells them.
   *
   * @param changed vulnerabilities, or rules, by which the findings concerned are looked up
   * @param everything whether more may have changed than is named
   */
  void to(
      KnowledgeLog log,
      KnowledgeKind kind,
      String name,
      String version,
      List<String> changed,
      boolean everything) {
    boolean all = everything || changed.size() > MOST_CHANGED;
    KnowledgeRevision word =
        KnowledgeRevision.newBuilder()
            .setKind(kind)
            .setName(name)
            .setRevision(revision())
            .setVersion(version)
            .setChanged(all ? List.of() : changed)
            .setEverything(all)
            .setAt(at)
            .build();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (int partition = 0; partition < log.kafka().partitions(); partition++) {
      sent.add(log.send(Topics.KNOWLEDGE, partition, kind + ":" + name, word));
    }
    log.await(sent);
  }
}
