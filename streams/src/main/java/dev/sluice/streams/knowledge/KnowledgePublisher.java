package dev.sluice.streams.knowledge;

import dev.sluice.events.AssetProfile;
import dev.sluice.events.KnowledgeChange;
import dev.sluice.events.KnowledgeKind;
import dev.sluice.events.Policy;
import dev.sluice.events.Severity;
import dev.sluice.events.SupportMatrix;
import dev.sluice.events.Suppression;
import dev.sluice.events.SuppressionKind;
import dev.sluice.events.VexStatus;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.streams.rules.policy.CompiledPolicy;
import dev.sluice.topics.AssetPartitioner;
import dev.sluice.topics.Topics;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes reference data and tells every partition which revision it has reached, so that all of
 * them act on it, each at a point of its own log. Both are written together or not at all, but for
 * intelligence, of which there is too much.
 */
public final class KnowledgePublisher implements AutoCloseable {
  /** The name under which the policy that decides is kept. */
  public static final String POLICY = "default";

  /**
   * Source of the record that ends a load: its revision says that everything before it is there. It
   * names the source, or the document, that was loaded, and speaks of nothing else.
   */
  public static final String LOADED = "loaded";

  /**
   * Source of the record that stands while a load of intelligence is under way. One that is found
   * later belongs to a load that broke off: what it wrote may not have been announced to everybody.
   */
  public static final String LOADING = "loading";

  private final KnowledgeLog log;
  private final Clock clock;

  private KnowledgePublisher(KnowledgeLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  public static KnowledgePublisher of(KafkaSettings kafka, AvroSerdes serdes, Clock clock) {
    return new KnowledgePublisher(new KnowledgeLog(kafka, serdes), clock);
  }

  /** Loads a support matrix; its revision is set here. */
  public void load(SupportMatrix matrix) {
    Announcement announcement = new Announcement(clock.instant());
    matrix.setRevision(announcement.revision());
    log.together(
        () -> {
          log.write(Topics.SUPPORT_MATRIX, matrix.getProduct(), matrix);
          announcement.to(
              log,
              KnowledgeKind.SUPPORT_MATRIX,
              matrix.getProduct(),
              matrix.getVersion(),
              List.of(),
              false);
        });
  }

  /**
   * Loads the policy that decides.
   *
   * @throws dev.sluice.streams.rules.document.DocumentException if it does not compile; the one
   *     before it stays in force
   */
  public void loadPolicy(String yaml, String loadedBy) {
    CompiledPolicy compiled = CompiledPolicy.compile(yaml);
    Announcement announcement = new Announcement(clock.instant());
    Policy policy =
        Policy.newBuilder()
            .setName(POLICY)
            .setDocument(yaml)
            .setVersion(compiled.version())
            .setRevision(announcement.revision())
            .setLoadedAt(announcement.at())
            .setLoadedBy(loadedBy)
            .build();
    log.together(
        () -> {
          log.write(Topics.POLICIES, POLICY, policy);
          announcement.to(log, KnowledgeKind.POLICY, POLICY, compiled.version(), List.of(), false);
        });
  }

  /** Begins to write what a source says of vulnerabilities; one at a time. */
  IntelLoad intel(String source) {
    return new IntelLoad(log, new Announcement(clock.instant()), source);
  }

  /**
   * Writes suppressions and takes others away.
   *
   * @param name what was loaded, for people: a document, or who accepted
   * @param put with the vulnerability, or rule, of the findings they are about
   */
  public void suppress(String name, List<Suppression> put, List<Suppression> removed) {
    if (put.isEmpty() && removed.isEmpty()) {
      return;
    }
    Announcement announcement = new Announcement(clock.instant());
    List<String> concerned =
        Stream.concat(put.stream(), removed.stream())
            .map(Suppression::getVulnerability)
            .distinct()
            .sorted()
            .toList();
    log.together(
        () -> {
          for (Suppression each : put) {
            each.setRevision(announcement.revision());
            log.write(Topics.SUPPRESSIONS, each.getId(), each);
          }
          removed.forEach(each -> log.write(Topics.SUPPRESSIONS, each.getId(), null));
          log.write(Topics.SUPPRESSIONS, LOADED + ':' + name, loaded(name, announcement));
          announcement.to(log, KnowledgeKind.SUPPRESSIONS, name, "", concerned, false);
        });
  }

  private static Suppression loaded(String name, Announcement announcement) {
    return Suppression.newBuilder()
        .setId(LOADED + ':' + name)
        .setKind(SuppressionKind.UNKNOWN)
        .setVexStatus(VexStatus.UNKNOWN)
        .setSeverityCap(Severity.UNKNOWN)
        .setReason("")
        .setVersion("")
        .setRevision(announcement.revision())
        .setRecordedAt(announcement.at())
        .build();
  }

  /** Whether a record of the topic only says that a load ended. */
  public static boolean isMark(Suppression suppression) {
    return suppression.getId().startsWith(LOADED + ':');
  }

  /** Keeps what a team says of an asset. */
  public void keep(AssetProfile profile) {
    int partition = AssetPartitioner.partition(profile.getAsset(), log.kafka().partitions());
    log.write(Topics.ASSETS, partition, profile.getAsset(), profile);
  }

  /** Makes a change; what it says decides from now on. */
  public void apply(ProposedChange change, String by) {
    if (change.policy() != null) {
      loadPolicy(change.policy(), by);
    } else if (change.matrix() != null) {
      change.matrix().setLoadedBy(by);
      load(change.matrix());
    } else {
      suppress(change.name(), change.put(), change.removed());
    }
  }

  /** Keeps a change that has to wait, with its content. */
  public void hold(KnowledgeChange held, ProposedChange change) {
    List<KnowledgeChange> content = change.content(held.getId());
    held.setParts(content.size());
    content.forEach(part -> log.write(Topics.CHANGES, key(held, part.getPart()), part));
    log.write(Topics.CHANGES, held.getId(), held);
  }

  /** Keeps what is newly known of a change that waits. */
  public void update(KnowledgeChange held) {
    log.write(Topics.CHANGES, held.getId(), held);
  }

  /** Keeps what became of a change, and its content no longer. */
  public void decide(KnowledgeChange decided) {
    log.write(Topics.CHANGES, decided.getId(), decided);
    for (int part = 1; part <= decided.getParts(); part++) {
      log.write(Topics.CHANGES, key(decided, part), null);
    }
  }

  private static String key(KnowledgeChange change, int part) {
    return change.getId() + '/' + part;
  }

  /** Does all of it or nothing. */
  public void together(Runnable changes) {
    log.together(changes);
  }

  @Override
  public void close() {
    log.close();
  }
}
