package dev.sluice.app.status;

import dev.sluice.app.Version;
import dev.sluice.app.deadletter.Letter;
import dev.sluice.app.deadletter.LetterBox;
import dev.sluice.app.deadletter.LetterFilter;
import dev.sluice.app.knowledge.HeldChanges;
import dev.sluice.app.service.TopicSetup;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.app.status.StatusReport.FeedAge;
import dev.sluice.app.status.StatusReport.GenerationState;
import dev.sluice.app.status.StatusReport.GroupState;
import dev.sluice.app.status.StatusReport.Letters;
import dev.sluice.app.status.StatusReport.Scans;
import dev.sluice.app.topic.HeldScans;
import dev.sluice.app.topic.TopicTable;
import dev.sluice.events.ActionItem;
import dev.sluice.events.ItemKind;
import dev.sluice.events.ItemStatus;
import dev.sluice.events.KnowledgeKind;
import dev.sluice.events.KnowledgeRevision;
import dev.sluice.events.ScanVerdict;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.streams.generation.Generation;
import dev.sluice.streams.generation.Rebuild;
import dev.sluice.topics.Topic;
import dev.sluice.topics.TopicChange;
import dev.sluice.topics.TopicChange.Effect;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;

/** Asks Kafka how an installation is. Joins no group and changes nothing. */
public final class StatusSurvey {
  private final SluiceSettings settings;
  private final AvroSerdes serdes;
  private final List<Realm> realms;

  public StatusSurvey(SluiceSettings settings) {
    this.settings = settings;
    this.serdes = AvroSerdes.of(settings.registry());
    this.realms = settings.streams().embargoed() ? List.of(Realm.values()) : List.of(Realm.COMMON);
  }

  /**
   * The whole report.
   *
   * @throws dev.sluice.app.CommandFailure if Kafka cannot be reached
   * @throws org.apache.kafka.common.KafkaException if it can, and does not answer
   */
  public StatusReport ask(Instant now) {
    StatusReport.Topics topics = topics();
    List<GroupState> groups = new ArrayList<>();
    TopicSetup.with(
        settings.kafka(),
        (Admin admin) -> groups.addAll(new GroupSurvey(admin, settings.kafka()).all()));
    List<GenerationState> generations = generations();
    boolean complete = topics.missing().isEmpty();
    List<FeedAge> feeds = complete ? feeds(now) : List.of();
    Scans scans = complete ? scans() : new Scans(List.of(), List.of());
    List<String> changes = complete ? changes() : List.of();
    Letters letters = letters();
    StatusReport facts =
        new StatusReport(
            Version.current(),
            settings.kafka().bootstrapServers(),
            now.toString(),
            groups,
            generations,
            feeds,
            scans,
            changes,
            letters,
            topics,
            List.of());
    return new StatusReport(
        facts.sluice(),
        facts.kafka(),
        facts.asked(),
        groups,
        generations,
        feeds,
        scans,
        changes,
        letters,
        topics,
        Attention.to(facts, settings.sinks().keySet()));
  }

  private StatusReport.Topics topics() {
    List<TopicChange> changes = TopicSetup.plan(settings.kafka(), realms);
    return new StatusReport.Topics(
        changes.stream()
            .filter(change -> change.effect() == Effect.CREATES)
            .map(TopicChange::topic)
            .toList(),
        changes.stream()
            .filter(change -> change.effect() != Effect.CREATES)
            .map(TopicChange::address)
            .toList());
  }

  private List<GenerationState> generations() {
    List<GenerationState> generations = new ArrayList<>();
    try (Rebuild rebuild = new Rebuild(settings.kafka())) {
      for (Realm realm : realms) {
        generations.add(
            new GenerationState(
                realm.name().toLowerCase(Locale.ROOT),
                rebuild.living(realm).map(Generation::number).orElse(null),
                settings.streams().generation(),
                new RestoreGauge(settings.management()).remaining(realm).orElse(null)));
      }
    }
    return generations;
  }

  private List<FeedAge> feeds(Instant now) {
    return rows(Topics.KNOWLEDGE, Realm.COMMON, row -> row.getKind() == KnowledgeKind.INTEL)
        .stream()
        .filter(row -> row.getAt() != null)
        .sorted(Comparator.comparing(KnowledgeRevision::getName))
        .map(
            row ->
                new FeedAge(
                    row.getName(),
                    row.getAt().toString(),
                    Duration.between(row.getAt(), now).toSeconds(),
                    settings.feeds().containsKey(row.getName())
                        ? settings.feeds().get(row.getName()).every().toString()
                        : null))
        .toList();
  }

  private Scans scans() {
    List<ScanVerdict> verdicts = rows(Topics.SCANS, Realm.COMMON, row -> true);
    List<String> held =
        HeldScans.among(verdicts).stream()
            .map(verdict -> verdict.getScanId() + " of " + verdict.getAsset())
            .toList();
    List<String> overdue =
        rows(
                Topics.ITEMS,
                Realm.COMMON,
                item -> item.getKind() == ItemKind.FRESHNESS && item.getStatus() == ItemStatus.OPEN)
            .stream()
            .map((ActionItem item) -> item.getAsset() + ": " + item.getTitle())
            .sorted()
            .toList();
    return new Scans(held, overdue);
  }

  private List<String> changes() {
    return rows(
            Topics.CHANGES,
            Realm.COMMON,
            change -> change.getPart() == 0 && HeldChanges.isHeld(change))
        .stream()
        .map(change -> change.getId() + " by " + change.getProposedBy())
        .sorted()
        .toList();
  }

  private <V extends SpecificRecord> List<V> rows(
      Topic<V> topic, Realm realm, Predicate<V> wanted) {
    try (TopicTable<V> table = TopicTable.open(settings.kafka(), serdes, realm, topic)) {
      return List.copyOf(table.keep(wanted).refresh().values());
    }
  }

  private Letters letters() {
    List<Letter> open =
        new LetterBox(settings.kafka(), serdes)
            .find(new LetterFilter(realms, null, null, null, null, null, null, null, false));
    Map<String, Long> steps =
        open.stream()
            .collect(Collectors.groupingBy(Letter::step, TreeMap::new, Collectors.counting()));
    return new Letters(open.size(), steps);
  }
}
