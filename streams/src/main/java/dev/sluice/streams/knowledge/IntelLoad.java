package dev.sluice.streams.knowledge;

import dev.sluice.events.KnowledgeKind;
import dev.sluice.events.VulnerabilityIntel;
import dev.sluice.topics.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Entries of one source on their way; nothing acts on them before {@link #announce}. They are too
 * many to be written all or none, so a record stands beside them until all is said: one that is
 * found later belongs to a load that broke off.
 */
final class IntelLoad implements AutoCloseable {
  /** Unanswered writes that are kept; then they are waited for. */
  private static final int IN_FLIGHT = 10_000;

  private final KnowledgeLog log;
  private final Announcement announcement;
  private final String source;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();
  private final List<String> changed = new ArrayList<>();

  IntelLoad(KnowledgeLog log, Announcement announcement, String source) {
    this.log = log;
    this.announcement = announcement;
    this.source = source;
  }

  void put(VulnerabilityIntel entry) {
    entry.setRevision(announcement.revision());
    entry.setLoadedAt(announcement.at());
    send(entry.getVulnerability(), entry);
  }

  void remove(String vulnerability) {
    send(vulnerability, null);
  }

  private void send(String vulnerability, VulnerabilityIntel entry) {
    if (changed.isEmpty()) {
      log.write(
          Topics.INTEL,
          KnowledgePublisher.LOADING + ':' + source,
          mark(KnowledgePublisher.LOADING));
    }
    sent.add(log.send(Topics.INTEL, null, source + ':' + vulnerability, entry));
    if (changed.size() <= Announcement.MOST_CHANGED) {
      changed.add(vulnerability);
    }
    if (sent.size() >= IN_FLIGHT) {
      flush();
    }
  }

  private VulnerabilityIntel mark(String kind) {
    return VulnerabilityIntel.newBuilder()
        .setSource(kind)
        .setVulnerability(source)
        .setRevision(announcement.revision())
        .setLoadedAt(announcement.at())
        .build();
  }

  private void flush() {
    log.await(sent);
    sent.clear();
  }

  /**
   * Tells every partition; also when nothing changed, so that the age of a feed is known.
   *
   * @param everything whether more may have changed than was written now
   */
  void announce(boolean everything) {
    flush();
    log.write(
        Topics.INTEL, KnowledgePublisher.LOADED + ':' + source, mark(KnowledgePublisher.LOADED));
    announcement.to(log, KnowledgeKind.INTEL, source, "", changed, everything);
    if (everything || !changed.isEmpty()) {
      log.write(Topics.INTEL, KnowledgePublisher.LOADING + ':' + source, null);
    }
  }

  /** Waits for what is on its way, whatever came of it. */
  @Override
  public void close() {
    log.flush();
  }
}
