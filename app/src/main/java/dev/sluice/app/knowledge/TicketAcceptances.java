package dev.sluice.app.knowledge;

import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.app.topic.TopicTable;
import dev.sluice.events.Suppression;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.sinks.feedback.Acceptances;
import dev.sluice.streams.knowledge.KnowledgePublisher;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.time.Clock;
import java.util.List;

/**
 * Keeps what people were granted through tickets as {@code sluice accept} keeps what it is told.
 */
public final class TicketAcceptances implements Acceptances {
  private final SluiceSettings settings;
  private final AvroSerdes serdes;

  public TicketAcceptances(SluiceSettings settings, AvroSerdes serdes) {
    this.settings = settings;
    this.serdes = serdes;
  }

  @Override
  public void accept(Acceptance acceptance) {
    String reason =
        acceptance.ticket() + acceptance.comment().map(words -> ": " + words).orElse("");
    List<Suppression> made =
        acceptance.findings().stream()
            .map(
                finding ->
                    acceptance.falsePositive()
                        ? AcceptedFinding.falsePositive(
                            finding,
                            finding.getScanners().get(0),
                            reason,
                            acceptance.actor(),
                            acceptance.until())
                        : AcceptedFinding.risk(
                            finding,
                            finding.getSeverity(),
                            reason,
                            acceptance.actor(),
                            acceptance.until()))
            .toList();
    made.forEach(
        each -> {
          each.setSource(acceptance.ticket());
          each.setRecordedBy("tickets");
        });
    publish(AcceptedFinding.nameOf(made), made, List.of());
  }

  @Override
  public boolean revoke(String ticket) {
    List<Suppression> found;
    try (TopicTable<Suppression> table =
        TopicTable.open(settings.kafka(), serdes, Realm.COMMON, Topics.SUPPRESSIONS)) {
      found =
          table.keep(each -> ticket.equals(each.getSource())).refresh().values().stream().toList();
    }
    if (!found.isEmpty()) {
      publish("revoke-" + AcceptedFinding.nameOf(found), List.of(), found);
    }
    return !found.isEmpty();
  }

  private void publish(String name, List<Suppression> made, List<Suppression> removed) {
    try (KnowledgePublisher publisher =
        KnowledgePublisher.of(settings.kafka(), serdes, Clock.systemUTC())) {
      publisher.suppress(name, made, removed);
    }
  }
}
