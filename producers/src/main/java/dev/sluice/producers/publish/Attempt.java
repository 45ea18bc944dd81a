package dev.sluice.producers.publish;

import dev.sluice.events.Observation;
import dev.sluice.events.ScanCompleted;
import dev.sluice.events.ScanEvent;
import dev.sluice.events.ScanFailed;
import dev.sluice.events.ScanStarted;
import dev.sluice.producers.publish.PublishOutcome.Unavailable;
import dev.sluice.producers.publish.PublishOutcome.Unreadable;
import dev.sluice.registry.RegistryException;
import dev.sluice.topics.Topics.Realm;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/** One attempt at one scan: started, observations in a row, and one end. Not for two threads. */
final class Attempt {
  private final String scanId;
  private final String attemptId;
  private final ScanIdentity identity;
  private final Realm realm;
  private final EventRoute route;
  private final EventSender sender;
  private final Serializer<ScanEvent> serializer;
  private final int maxRecordBytes;
  private final String traceparent;
  private final List<ScanPart> parts = new ArrayList<>();
  private long seq;
  private long observations;
  private boolean ended;

  Attempt(
      String scanId,
      String attemptId,
      ScanIdentity identity,
      Realm realm,
      EventRoute route,
      EventSender sender,
      Serializer<ScanEvent> serializer,
      int maxRecordBytes,
      String traceparent) {
    this.scanId = scanId;
    this.attemptId = attemptId;
    this.identity = identity;
    this.realm = realm;
    this.route = route;
    this.sender = sender;
    this.serializer = serializer;
    this.maxRecordBytes = maxRecordBytes;
    this.traceparent = traceparent;
  }

  /** Counts a part of the report into this scan: what it saw and what it warned of. */
  void join(ScanPart part) {
    if (!parts.contains(part)) {
      parts.add(part);
    }
  }

  void start(ScanStarted started) throws PublishStop {
    ScanEvent event = event();
    event.setStarted(started);
    send(event, bytes(event));
  }

  void observe(Observation observation) throws PublishStop {
    ScanEvent event = event();
    event.setObservation(observation);
    byte[] value = bytes(event);
    for (int step = 0; value.length > maxRecordBytes && step < RecordCutter.steps(); step++) {
      event.setObservation(RecordCutter.cut(observation, step));
      value = bytes(event);
    }
    send(event, value);
    observations++;
  }

  void complete(String reportDigest, long reportBytes) throws PublishStop {
    ended = true;
    ScanEvent event = event();
    event.setCompleted(
        ScanCompleted.newBuilder()
            .setCount(observations)
            .setReportDigest(reportDigest)
            .setReportBytes(reportBytes)
            .setComponentsSeen(componentsSeen())
            .setWarnings(warnings())
            .build());
    send(event, bytes(event));
  }

  /** Best effort: without it the attempt is given up later, and never counts either. */
  void fail(String reason, String detail) {
    if (ended) {
      // Its completion is on its way and cannot be taken back; contradicting it helps nobody.
      return;
    }
    ended = true;
    ScanEvent event = event();
    event.setFailed(ScanFailed.newBuilder().setReason(reason).setDetail(detail).build());
    try {
      sender.sendLast(route, event, bytes(event));
    } catch (PublishStop e) {
      // The registry is away: the attempt stays without an end.
    }
  }

  PublishResult result(String format, String digest) {
    return new PublishResult(
        scanId,
        attemptId,
        identity.asset().value(),
        identity.unit(),
        identity.version(),
        identity.series(),
        identity.scanner().getName(),
        format,
        realm == Realm.EMBARGOED,
        observations,
        warnings(),
        digest,
        digest == null ? null : identity.reportKey(digest),
        false);
  }

  private Long componentsSeen() {
    Long sum = null;
    for (ScanPart part : parts) {
      if (part.componentsSeen() != null) {
        sum = part.componentsSeen() + (sum == null ? 0 : sum);
      }
    }
    return sum;
  }

  private List<String> warnings() {
    WarningLog all = new WarningLog();
    parts.forEach(part -> all.addAll(part.warnings()));
    return all.toList();
  }

  private ScanEvent event() {
    ScanEvent event = new ScanEvent();
    event.setScanId(scanId);
    event.setAttemptId(attemptId);
    event.setSeq(seq);
    event.setAsset(identity.asset().value());
    event.setTraceparent(traceparent);
    return event;
  }

  private byte[] bytes(ScanEvent event) throws PublishStop {
    try {
      return serializer.serialize(route.topic(), event);
    } catch (RegistryException e) {
      throw new PublishStop(new Unavailable(KafkaTrouble.describe(e)));
    } catch (SerializationException e) {
      // Not a matter of trying again: a reader left out what the contract demands.
      throw new PublishStop(
          new Unreadable("an event of this report breaks the contract; report the defect"));
    }
  }

  private void send(ScanEvent event, byte[] value) throws PublishStop {
    sender.send(route, event, value);
    seq++;
  }
}
