package dev.sluice.app.client;

import dev.sluice.app.client.Outlet.UnreachableException;
import dev.sluice.app.topic.TopicTable;
import dev.sluice.events.AssetProfile;
import dev.sluice.events.Finding;
import dev.sluice.events.FindingStatus;
import dev.sluice.events.GateOverride;
import dev.sluice.events.ScanVerdict;
import dev.sluice.producers.gate.Gate;
import dev.sluice.producers.gate.GateAnswer;
import dev.sluice.producers.gate.GateFinding.Standing;
import dev.sluice.producers.gate.GateQuestion;
import dev.sluice.producers.gate.KafkaOverrides;
import dev.sluice.producers.gate.OverrideLog;
import dev.sluice.producers.gate.Overrides;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.KafkaException;

/** Reads the topics itself, for machines that are trusted with Kafka. */
public final class KafkaGate implements GateClient {
  private static final Duration STEP = Duration.ofMillis(200);

  /** It only hides: nothing is hashed here, so it needs no key from the settings. */
  private static final Redactor REDACTOR = new Redactor(new byte[Redactor.MIN_KEY_BYTES], "gate");

  private final KafkaSettings kafka;
  private final AvroSerdes serdes;
  private final Patience patience;
  private final InstantSource clock;
  private TopicTable<AssetProfile> profiles;
  private TopicTable<ScanVerdict> verdicts;

  public KafkaGate(KafkaSettings kafka, AvroSerdes serdes, Patience patience, InstantSource clock) {
    this.kafka = kafka;
    this.serdes = serdes;
    this.patience = patience;
    this.clock = clock;
  }

  @Override
  public GateAnswer ask(GateQuestion question, boolean withheld, Duration wait)
      throws UnreachableException {
    Patience.Turns turns = patience.turns(wait);
    try {
      if (verdicts == null) {
        profiles = TopicTable.openFor(question.asset(), kafka, serdes, Topics.ASSETS);
        verdicts =
            TopicTable.openFor(question.asset(), kafka, serdes, Topics.SCANS)
                .keep(verdict -> verdict.getAsset().equals(question.asset()));
      }
      profiles.refresh();
      verdicts.refresh();
      Gate gate = new Gate(question, profiles.get(question.asset()));
      while (!gate.missing(gate.scans(verdicts.values()), List.of()).isEmpty()
          && !turns.left().isZero()) {
        verdicts.poll(STEP);
      }
      Collection<ScanVerdict> known = verdicts.values();
      GateAnswer answer = gate.judge(known, List.of(), List.of());
      return answer.failing().isEmpty() && !withheld
          ? answer
          : gate.judge(known, List.of(), standing(question, gate.scans(known)));
    } catch (KafkaException e) {
      throw new UnreachableException(
          "Kafka at " + kafka.bootstrapServers() + " cannot be read: " + e.getMessage(), e);
    }
  }

  private List<Standing> standing(GateQuestion question, List<ScanVerdict> scans) {
    try (TopicTable<Finding> findings =
        TopicTable.openFor(question.asset(), kafka, serdes, Topics.FINDINGS)
            .keep(
                finding ->
                    finding.getAsset().equals(question.asset())
                        && finding.getMovedTo() == null
                        && finding.getStatus() != FindingStatus.RESOLVED)) {
      return findings.refresh().values().stream()
          .map(finding -> Standing.of(finding, scans))
          .toList();
    }
  }

  @Override
  public GateAnswer override(GateQuestion question, String by, String reason)
      throws UnreachableException {
    GateAnswer answer = ask(question, false, Duration.ZERO);
    if (answer.isPass()) {
      return answer;
    }
    GateOverride made;
    try {
      made = Overrides.of(answer, by, REDACTOR.redact(reason), null, clock.instant());
      new KafkaOverrides(kafka, serdes).record(made);
    } catch (IllegalArgumentException e) {
      throw new UnreachableException("it is not overridden: " + e.getMessage(), true);
    } catch (OverrideLog.NotKeptException e) {
      throw new UnreachableException(e.getMessage(), e);
    }
    return answer.overridden(Overrides.view(made));
  }

  @Override
  public void close() {
    if (profiles != null) {
      profiles.close();
    }
    if (verdicts != null) {
      verdicts.close();
    }
  }
}
