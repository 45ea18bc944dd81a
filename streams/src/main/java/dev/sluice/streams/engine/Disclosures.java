package dev.sluice.streams.engine;

import dev.sluice.events.Disclosure;
import dev.sluice.events.DisclosureAdvanced;
import dev.sluice.events.DisclosureStep;
import dev.sluice.events.Finding;
import dev.sluice.events.FindingKind;
import dev.sluice.events.LineState;
import dev.sluice.events.Observation;
import dev.sluice.events.PrivateReport;
import dev.sluice.events.ScanCompleted;
import dev.sluice.events.ScanEvent;
import dev.sluice.events.ScanPurpose;
import dev.sluice.events.ScanStarted;
import dev.sluice.events.Scanner;
import dev.sluice.events.Scope;
import dev.sluice.events.TimeSource;
import dev.sluice.streams.rules.finding.Resolution;
import dev.sluice.streams.rules.identity.Hashes;
import dev.sluice.streams.rules.life.DisclosureTimeline;
import dev.sluice.streams.state.Facts;
import dev.sluice.streams.state.RowCodec;
import dev.sluice.streams.state.State;
import dev.sluice.streams.state.row.AtomRow;
import dev.sluice.streams.state.row.FindingRow;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reported vulnerabilities on their way to the public. */
final class Disclosures {
  /** Under this name the common topics hear of what was reported in private. */
  private static final String SOURCE = "sluice-disclosure";

  private final State state;
  private final boolean embargoed;
  private final RowCodec<Disclosure> codec = new RowCodec<>(Disclosure.class);

  Disclosures(State state, boolean embargoed) {
    this.state = state;
    this.embargoed = embargoed;
  }

  /** The timeline of a report that nobody has heard of, as the atom keeps it; null for others. */
  ByteBuffer begin(Observation observation, long now) {
    return observation.getReport() == null
        ? null
        : codec.wrap(DisclosureTimeline.begin(observation.getReport(), Instant.ofEpochMilli(now)));
  }

  /** A source that says itself how far a report is, takes the step. */
  boolean hear(AtomRow atom, Observation observation, long now) {
    Disclosure before = codec.decode(atom.getDisclosure());
    if (before == null || observation.getReport() == null) {
      return false;
    }
    DisclosureStep step = observation.getReport().getStep();
    if (DisclosureTimeline.refusal(before, step).isPresent()) {
      return false;
    }
    DisclosureAdvanced taken =
        DisclosureAdvanced.newBuilder()
            .setFindingId("")
            .setStep(step)
            .setAt(Instant.ofEpochMilli(now))
            .build();
    atom.setDisclosure(codec.wrap(DisclosureTimeline.advance(before, taken)));
    return true;
  }

  /**
   * Takes a step; the finding has to be looked at again.
   *
   * @return why it cannot be taken, or empty
   */
  Optional<String> advance(String asset, DisclosureAdvanced taken) {
    long key = Facts.assetKey(asset);
    FindingRow finding = state.facts().finding(key, taken.getFindingId());
    byte[] atomKey = finding == null ? null : finding.getAtoms().get(0).array();
    AtomRow atom = atomKey == null ? null : state.facts().atom(key, atomKey);
    Disclosure before = atom == null ? null : codec.decode(atom.getDisclosure());
    if (before == null) {
      return Optional.of("finding " + taken.getFindingId() + " is no reported vulnerability");
    }
    Optional<String> refusal = DisclosureTimeline.refusal(before, taken.getStep());
    if (refusal.isEmpty()) {
      atom.setDisclosure(codec.wrap(DisclosureTimeline.advance(before, taken)));
      state.facts().putAtom(key, atomKey, atom);
      state.order().markAtom(key, atomKey);
    }
    return refusal;
  }

  /** Says in the finding where it stands, and ends it here once it is public or was rejected. */
  void judge(Work work, Finding finding, AtomRow atom, Judgement judgement) {
    Disclosure disclosure = codec.decode(atom.getDisclosure());
    if (disclosure == null) {
      return;
    }
    DisclosureTimeline.schedule(disclosure, finding.getSeverity());
    if (!embargoed) {
      disclosure.setReport(null);
    }
    finding.setDisclosure(disclosure);
    if (disclosure.getStep() == DisclosureStep.REJECTED) {
      judgement.resolve(work, finding, Resolution.REJECTED);
    } else if (embargoed && disclosure.getStep() == DisclosureStep.DISCLOSED) {
      judgement.resolve(work, finding, Resolution.DISCLOSED);
    }
  }

  /** When the finding is due by its timeline; else as the policy says. */
  static Instant due(Finding finding, Instant byPolicy) {
    Disclosure disclosure = finding.getDisclosure();
    return disclosure == null || disclosure.getDue() == null ? byPolicy : disclosure.getDue();
  }

  /** Whether the finding has just become public. */
  boolean isDisclosed(Finding before, Finding now) {
    return embargoed
        && Resolution.DISCLOSED.equals(now.getResolution())
        && (before == null || !Resolution.DISCLOSED.equals(before.getResolution()));
  }

  /** The finding as a statement for the common topics, without what is nobody's business. */
  List<ScanEvent> publish(Finding finding, Instant now) {
    String id = Hashes.id("d-", finding.getId(), Integer.toString(finding.getEpisode()));
    String line = finding.getLines().stream().map(LineState::getLine).findFirst().orElse(null);
    Disclosure disclosure = finding.getDisclosure();
    Observation observation =
        Observation.newBuilder()
            .setKind(FindingKind.REPORTED_VULNERABILITY)
            .setNativeId(finding.getVulnerability())
            .setTitle(finding.getTitle())
            .setDescription(finding.getDescription())
            .setReferences(finding.getReferences())
            .setCwes(finding.getCwes())
            .setLocation(finding.getLocation())
            .setRatings(finding.getRatings())
            .setFixState(finding.getFixState())
            .setReport(
                PrivateReport.newBuilder()
                    .setReportId(disclosure.getReportId())
                    .setStep(DisclosureStep.DISCLOSED)
                    .setReportedAt(disclosure.getReportedAt())
                    .setAffectedVersions(
                        disclosure.getReport() == null
                            ? null
                            : disclosure.getReport().getAffectedVersions())
                    .build())
            .build();
    List<ScanEvent> events = new ArrayList<>();
    for (int seq = 0; seq < 3; seq++) {
      events.add(
          ScanEvent.newBuilder()
              .setScanId(id)
              .setAttemptId(id)
              .setSeq(seq)
              .setAsset(finding.getAsset())
              .build());
    }
    events
        .get(0)
        .setStarted(
            ScanStarted.newBuilder()
                .setScanner(Scanner.newBuilder().setName(SOURCE).build())
                .setFormat(SOURCE)
                .setUnit(finding.getUnit())
                .setReleaseLine(line)
                .setSeries(SOURCE)
                .setScope(Scope.newBuilder().build())
                .setPurpose(ScanPurpose.STATEMENT)
                .setTime(now)
                .setTimeSource(TimeSource.PUBLISH)
                .build());
    events.get(1).setObservation(observation);
    events.get(2).setCompleted(ScanCompleted.newBuilder().setCount(1).build());
    return events;
  }
}
