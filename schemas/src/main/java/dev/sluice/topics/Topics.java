package dev.sluice.topics;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionItem;
import dev.sluice.events.AssetProfile;
import dev.sluice.events.DecisionRecord;
import dev.sluice.events.Finding;
import dev.sluice.events.GateOverride;
import dev.sluice.events.KnowledgeChange;
import dev.sluice.events.KnowledgeRevision;
import dev.sluice.events.Policy;
import dev.sluice.events.ScanEvent;
import dev.sluice.events.ScanVerdict;
import dev.sluice.events.SinkState;
import dev.sluice.events.SupportMatrix;
import dev.sluice.events.Suppression;
import dev.sluice.events.TicketFeedback;
import dev.sluice.events.TicketLink;
import dev.sluice.events.VulnerabilityIntel;
import dev.sluice.topics.Topic.Retention;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Every topic of Sluice. Names take a prefix and, under embargo, the realm's own name. */
public final class Topics {

  /** Common topics, or the ones of privately reported vulnerabilities with an ACL of their own. */
  public enum Realm {
    COMMON(""),
    EMBARGOED("embargoed.");

    private final String infix;

    Realm(String infix) {
      this.infix = infix;
    }
  }

  public static final Topic<ScanEvent> OBSERVED =
      new Topic<>(
          "findings.observed.v1",
          ScanEvent.class,
          "asset",
          Retention.days(30),
          true,
          "What scanners said, as they said it.");
  public static final Topic<Finding> FINDINGS =
      new Topic<>(
          "findings.v1",
          Finding.class,
          "finding id",
          Retention.COMPACTED,
          true,
          "Every finding's whole current state, withheld ones too.");
  public static final Topic<ActionItem> ITEMS =
      new Topic<>(
          "items.v1",
          ActionItem.class,
          "item id",
          Retention.COMPACTED,
          true,
          "Every action item's whole current state.");
  public static final Topic<ActionEvent> ACTIONABLE =
      new Topic<>(
          "findings.actionable.v1",
          ActionEvent.class,
          "item id",
          Retention.days(90),
          true,
          "What happened to action items: what sinks act on.");
  public static final Topic<ScanVerdict> SCANS =
      new Topic<>(
          "scans.v1",
          ScanVerdict.class,
          "scan id",
          Retention.compactedAndDays(90),
          true,
          "What became of each scan: what the CI gate asks.");
  public static final Topic<DecisionRecord> DECISIONS =
      new Topic<>(
          "decisions.v1",
          DecisionRecord.class,
          "finding id",
          Retention.days(396),
          true,
          "Each change of a decision with its facts.");
  public static final Topic<GateOverride> OVERRIDES =
      new Topic<>(
          "gate-overrides.v1",
          GateOverride.class,
          "asset",
          Retention.days(396),
          true,
          "Who let a version pass that the gate did not, and why.");
  public static final Topic<AssetProfile> ASSETS =
      new Topic<>(
          "assets.v1",
          AssetProfile.class,
          "asset",
          Retention.COMPACTED,
          true,
          "What teams say about their assets.");
  public static final Topic<SupportMatrix> SUPPORT_MATRIX =
      new Topic<>(
          "support-matrix.v1",
          SupportMatrix.class,
          "product",
          Retention.COMPACTED,
          false,
          "Which versions of a product are supported.");
  public static final Topic<Policy> POLICIES =
      new Topic<>(
          "policies.v1",
          Policy.class,
          "policy name",
          Retention.COMPACTED,
          false,
          "Policies as YAML.");
  public static final Topic<Suppression> SUPPRESSIONS =
      new Topic<>(
          "suppressions.v1",
          Suppression.class,
          "suppression id",
          Retention.COMPACTED,
          false,
          "VEX statements, accepted risks, false positives, revocations.");
  public static final Topic<VulnerabilityIntel> INTEL =
      new Topic<>(
          "vulnerability-intel.v1",
          VulnerabilityIntel.class,
          "source + ':' + vulnerability",
          Retention.COMPACTED,
          false,
          "KEV, EPSS, advisory aliases and ratings.");
  public static final Topic<KnowledgeRevision> KNOWLEDGE =
      new Topic<>(
          "knowledge.v1",
          KnowledgeRevision.class,
          "kind + ':' + name",
          Retention.COMPACTED,
          true,
          "One copy in every partition: which revision reference data has reached.");
  public static final Topic<KnowledgeChange> CHANGES =
      new Topic<>(
          "knowledge-changes.v1",
          KnowledgeChange.class,
          "change id",
          Retention.COMPACTED,
          false,
          "Changes of reference data that wait for a second person, and what became of them.");
  public static final Topic<TicketLink> TICKETS =
      new Topic<>(
          "tickets.v1",
          TicketLink.class,
          "sink + item + episode",
          Retention.COMPACTED,
          true,
          "What sinks sent, so that nothing is sent twice.");
  public static final Topic<TicketFeedback> FEEDBACK =
      new Topic<>(
          "ticket-feedback.v1",
          TicketFeedback.class,
          "sink + item + episode",
          Retention.days(90),
          true,
          "What people did to tickets.");

  public static final Topic<SinkState> SINKS =
      new Topic<>(
          "sinks.v1",
          SinkState.class,
          "sink + '/order' or '/state'",
          Retention.COMPACTED,
          false,
          "What operators ordered for sinks, and how sinks fare.");

  /** Original key and bytes of what could not be processed; headers say where and why. */
  public static final String DEAD_LETTERS = "dead-letters.v1";

  private static final List<Topic<? extends SpecificRecord>> ALL =
      List.of(
          OBSERVED,
          FINDINGS,
          ITEMS,
          ACTIONABLE,
          SCANS,
          DECISIONS,
          OVERRIDES,
          ASSETS,
          SUPPORT_MATRIX,
          POLICIES,
          SUPPRESSIONS,
          INTEL,
          KNOWLEDGE,
          CHANGES,
          TICKETS,
          FEEDBACK,
          SINKS);

  /** What people say is the same under embargo; everything else there is apart. */
  private static final List<Topic<? extends SpecificRecord>> SHARED =
      List.of(
          OVERRIDES,
          ASSETS,
          SUPPORT_MATRIX,
          POLICIES,
          SUPPRESSIONS,
          INTEL,
          KNOWLEDGE,
          CHANGES,
          SINKS);

  private Topics() {}

  /** All topics with an Avro value, in the order of the flow. */
  public static List<Topic<? extends SpecificRecord>> all() {
    return ALL;
  }

  /** Whether the embargoed realm reads the same topic as the common one. */
  public static boolean isShared(Topic<?> topic) {
    return SHARED.contains(topic);
  }

  /** Name of a topic on the broker. */
  public static String name(String prefix, Realm realm, Topic<?> topic) {
    return prefix + (isShared(topic) ? "" : realm.infix) + topic.name();
  }

  /** Name of the dead-letter topic on the broker. */
  public static String deadLetters(String prefix, Realm realm) {
    return prefix + realm.infix + DEAD_LETTERS;
  }
}
