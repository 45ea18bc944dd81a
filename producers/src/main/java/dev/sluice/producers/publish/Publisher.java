package dev.sluice.producers.publish;

import dev.sluice.events.LineEnded;
import dev.sluice.events.ScanEvent;
import dev.sluice.producers.asset.AssetName;
import dev.sluice.producers.publish.PublishOutcome.Interrupted;
import dev.sluice.producers.publish.PublishOutcome.Published;
import dev.sluice.producers.publish.PublishOutcome.Refused;
import dev.sluice.producers.publish.PublishOutcome.Unavailable;
import dev.sluice.producers.publish.PublishOutcome.Unreadable;
import dev.sluice.producers.report.BadInputException;
import dev.sluice.producers.report.DigestingReport;
import dev.sluice.producers.report.ScanReader;
import dev.sluice.producers.report.UnreadableReportException;
import dev.sluice.serde.TrustedEvents;
import dev.sluice.settings.KafkaSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes reports. One instance, with one idempotent producer, serves a whole process and many
 * threads; each report is read, and sent while it is read, by the thread that calls.
 */
public final class Publisher implements ReportPublisher, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Publisher.class);
  private static final Duration BEYOND_DELIVERY = Duration.ofSeconds(10);

  private final Producer<byte[], byte[]> producer;
  private final Serializer<ScanEvent> serializer;
  private final ReaderChoice readers;
  private final PublisherSettings settings;
  private final AttemptFactory attempts;
  private final ScanIds ids;
  private final Announcements announcements;
  private final Clock clock;

  /**
   * @param producer idempotent, with acks of all replicas; closed with this
   * @param serializer writes the values; closed with this
   * @param readers finds the reader of a report
   * @param prefix put before every topic's name
   * @param partitions partitions of every per-asset topic; checked against Kafka before use
   */
  public Publisher(
      Producer<byte[], byte[]> producer,
      Serializer<ScanEvent> serializer,
      ReaderChoice readers,
      PublisherSettings settings,
      String prefix,
      int partitions,
      Clock clock,
      RandomGenerator random) {
    TrustedEvents.install();
    this.producer = producer;
    this.serializer = serializer;
    this.readers = readers;
    this.settings = settings;
    this.clock = clock;
    this.ids = new ScanIds(clock, random);
    this.attempts = new AttemptFactory(producer, serializer, settings, prefix, partitions, ids);
    this.announcements = new Announcements(attempts, clock);
  }

  /**
   * Connects to Kafka, lazily: an absent one shows with the first report.
   *
   * @param random source of ids; need not be cryptographic
   */
  public static Publisher connect(
      KafkaSettings kafka,
      Serializer<ScanEvent> serializer,
      ReaderChoice readers,
      PublisherSettings settings,
      Clock clock,
      RandomGenerator random) {
    return new Publisher(
        Producers.create(kafka, settings),
        serializer,
        readers,
        settings,
        kafka.prefix(),
        kafka.partitions(),
        clock,
        random);
  }

  @Override
  public PublishOutcome publish(
      DigestingReport report, PublishRequest request, Admission admission) {
    String name = ReportNames.plain(report.name());
    ScanReader reader;
    try {
      reader = readers.choose(report, request.format(), request.checkoutRoot());
    } catch (UnreadableReportException e) {
      return Unreadable.of(e);
    } catch (BadInputException e) {
      return Unreadable.of(name, e);
    } catch (IOException e) {
      return interrupted(name);
    }
    return publish(report, reader, request, admission);
  }

  @Override
  public PublishOutcome publish(
      DigestingReport report, ScanReader reader, PublishRequest request, Admission admission) {
    String name = ReportNames.plain(report.name());
    String digestAhead;
    try {
      digestAhead = request.reportDigest() == null ? report.digestAhead() : request.reportDigest();
    } catch (IOException e) {
      return interrupted(name);
    }
    PublishSession session =
        new PublishSession(
            attempts,
            withScanId(request),
            admission,
            sender(),
            name,
            reader.format().id(),
            digestAhead,
            clock.instant());
    PublishOutcome outcome = read(reader, report, session, name);
    end(outcome, session);
    return outcome;
  }

  @Override
  public PublishOutcome fail(
      PublishRequest request, String tool, String detail, Admission admission) {
    return announcements.fail(withScanId(request), tool, detail, admission, sender());
  }

  @Override
  public PublishOutcome end(AssetName asset, LineEnded ended, String id, String traceparent) {
    return announcements.end(asset, ended, id, traceparent, sender());
  }

  private EventSender sender() {
    return new EventSender(
        producer, settings.windowBytes(), settings.deliveryTimeout().plus(BEYOND_DELIVERY));
  }

  private PublishOutcome read(
      ScanReader reader, DigestingReport report, PublishSession session, String name) {
    try {
      reader.read(report, session);
      if (session.stopped() != null) {
        return session.stopped().outcome();
      }
      return session.complete(report);
    } catch (PublishStop e) {
      return e.outcome();
    } catch (UnreadableReportException e) {
      return session.stopped() == null ? Unreadable.of(e) : session.stopped().outcome();
    } catch (BadInputException e) {
      return Unreadable.of(name, e);
    } catch (IOException e) {
      return session.stopped() == null ? interrupted(name) : session.stopped().outcome();
    } catch (RuntimeException | StackOverflowError e) {
      // The class alone: the message of an unexpected exception may quote the report.
      log.atError()
          .addKeyValue("format", reader.format().id())
          .addKeyValue("error", e.getClass().getName())
          .addKeyValue("at", e.getStackTrace().length == 0 ? "" : e.getStackTrace()[0].toString())
          .log("A reader failed");
      return new Unreadable(
          name
              + ": the reader of "
              + reader.format().id()
              + " failed ("
              + e.getClass().getSimpleName()
              + "); check that the report is of this format and report the defect");
    }
  }

  private static void end(PublishOutcome outcome, PublishSession session) {
    if (outcome instanceof Published) {
      return;
    }
    String reason = "publisher-stopped";
    String detail = "the publisher could not pass on the report";
    if (outcome instanceof Unreadable unreadable) {
      reason = "unreadable-report";
      detail = unreadable.message();
    } else if (outcome instanceof Interrupted interrupted) {
      reason = "upload-interrupted";
      detail = interrupted.message();
    } else if (outcome instanceof Refused refused) {
      reason = "refused";
      detail = refused.message();
    } else if (outcome instanceof Unavailable) {
      detail = "Kafka was away while the report was published";
    }
    session.fail(reason, detail);
  }

  private static PublishOutcome interrupted(String name) {
    return new Interrupted(name + ": the report could not be read to its end; send it again");
  }

  private PublishRequest withScanId(PublishRequest request) {
    return request.scanId() == null ? request.toBuilder().scanId(ids.next()).build() : request;
  }

  @Override
  public void close() {
    producer.close(settings.deliveryTimeout());
    serializer.close();
  }
}
