package dev.sluice.app.client;

import dev.sluice.app.topic.TopicTable;
import dev.sluice.events.ScanVerdict;
import dev.sluice.producers.publish.PublishOutcome;
import dev.sluice.producers.publish.PublishOutcome.Interrupted;
import dev.sluice.producers.publish.PublishOutcome.Published;
import dev.sluice.producers.publish.PublishOutcome.Refused;
import dev.sluice.producers.publish.PublishOutcome.Unavailable;
import dev.sluice.producers.publish.PublishOutcome.Unreadable;
import dev.sluice.producers.publish.PublishRequest;
import dev.sluice.producers.publish.PublishResult;
import dev.sluice.producers.publish.Publisher;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.DigestingReport;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/** Publishes straight to Kafka, for machines that are trusted with it. */
public final class KafkaOutlet implements Outlet {
  private static final Duration STEP = Duration.ofMillis(200);

  private final Publisher publisher;
  private final Redactor redactor;
  private final KafkaSettings kafka;
  private final AvroSerdes serdes;
  private final Patience patience;
  private final Map<String, String> attempts = new HashMap<>();
  private TopicTable<ScanVerdict> verdicts;

  /**
   * @param publisher closed with this
   * @param redactor hides credentials in what people write
   */
  public KafkaOutlet(
      Publisher publisher,
      Redactor redactor,
      KafkaSettings kafka,
      AvroSerdes serdes,
      Patience patience) {
    this.publisher = publisher;
    this.redactor = redactor;
    this.kafka = kafka;
    this.serdes = serdes;
    this.patience = patience;
  }

  /** The producer tries again by itself, within its delivery timeout. */
  @Override
  public Sent send(DigestingReport report, PublishRequest request) {
    return sent(publisher.publish(report, request));
  }

  @Override
  public Sent fail(PublishRequest request, String tool, String reason) {
    return sent(publisher.fail(request, tool, redactor.redact(reason), asset -> true));
  }

  private Sent sent(PublishOutcome outcome) {
    if (outcome instanceof Published published) {
      published.scans().forEach(scan -> attempts.put(scan.scanId(), scan.attemptId()));
      return new Sent.Accepted(published.scans().stream().map(KafkaOutlet::scan).toList());
    } else if (outcome instanceof Unreadable unreadable) {
      return new Sent.Refused(unreadable.message());
    } else if (outcome instanceof Refused refused) {
      return new Sent.Refused(refused.message());
    } else if (outcome instanceof Interrupted interrupted) {
      return new Sent.Refused(interrupted.message());
    }
    return new Sent.Unreachable(((Unavailable) outcome).message());
  }

  private static Scan scan(PublishResult result) {
    return new Scan(
        result.scanId(),
        result.asset(),
        result.version(),
        result.tool(),
        result.format(),
        result.observations(),
        result.warnings(),
        result.repeated());
  }

  @Override
  public Optional<ScanVerdict> verdict(String scanId, Duration wait) throws UnreachableException {
    Patience.Turns turns = patience.turns(wait);
    try {
      if (verdicts == null) {
        verdicts = TopicTable.open(kafka, serdes, Realm.COMMON, Topics.SCANS);
      }
      while (true) {
        ScanVerdict verdict = verdicts.get(scanId);
        // A verdict on an earlier attempt at the same scan is not the one that is asked for.
        if (verdict != null
            && verdict
                .getAttemptId()
                .equals(attempts.getOrDefault(scanId, verdict.getAttemptId()))) {
          return Optional.of(verdict);
        }
        if (turns.left().isZero()) {
          return Optional.empty();
        }
        verdicts.poll(STEP);
      }
    } catch (KafkaException e) {
      throw new UnreachableException(
          "Kafka at " + kafka.bootstrapServers() + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    if (verdicts != null) {
      verdicts.close();
    }
    publisher.close();
  }
}
