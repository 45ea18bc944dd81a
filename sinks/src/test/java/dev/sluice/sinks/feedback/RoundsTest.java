package dev.sluice.sinks.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Completeness;
import dev.sluice.events.FeedbackKind;
import dev.sluice.events.Finding;
import dev.sluice.events.FindingKind;
import dev.sluice.events.ItemStatus;
import dev.sluice.events.ScanPurpose;
import dev.sluice.events.ScanVerdict;
import dev.sluice.events.SecretValidity;
import dev.sluice.events.TicketFeedback;
import dev.sluice.events.TicketLink;
import dev.sluice.events.TicketState;
import dev.sluice.sinks.Defaults;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Samples;
import dev.sluice.sinks.ticket.Act;
import dev.sluice.sinks.ticket.Setback;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RoundsTest {
  private static final String KEY = "SEC-1";

  private Instant now = Samples.AT;
  private final ScriptedTracker tracker = new ScriptedTracker();
  private final Map<String, TicketLink> links = new HashMap<>();
  private final Map<String, ActionItem> items = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<ScanVerdict> scans = new ArrayList<>();
  private final List<TicketFeedback> asked = new ArrayList<>();
  private final List<ActionEvent> mended = new ArrayList<>();
  private final List<Acceptances.Acceptance> accepted = new ArrayList<>();
  private final Set<String> revocable = new HashSet<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private boolean busy;

  private Rounds rounds(Map<String, String> keys) {
    Map<String, String> all = new HashMap<>(keys);
    all.putIfAbsent("feedback.accepters", "ann");
    var settings = Defaults.sink("jira", all);
    return new Rounds(
        new RoundsParts(
            "jira",
            settings.feedback(),
            settings.reconcile(),
            tracker,
            new Books(),
            new Topics(),
            new Granting(),
            new TicketMetrics(meters, "jira"),
            new Clock() {
              @Override
              public ZoneId getZone() {
                return ZoneOffset.UTC;
              }

              @Override
              public Clock withZone(ZoneId zone) {
                return this;
              }

              @Override
              public Instant instant() {
                return now;
              }
            },
            () -> {}));
  }

  /** Feedback alone: no going round. */
  private Rounds polling() {
    return rounds(Map.of("reconcile.every", "0s"));
  }

  private void openItem() {
    items.put("item-1", Samples.item("item-1").setKnownExploited(false).build());
    links.put("item-1", link().build());
    tracker.put(KEY, true, null, now);
    findings.add(finding("f-1").build());
  }

  private TicketLink.Builder link() {
    return TicketLink.newBuilder()
        .setSink("jira")
        .setItemId("item-1")
        .setEpisode(1)
        .setAsset("registry.example.org/shop/web")
        .setState(TicketState.LINKED)
        .setKey(KEY)
        .setUrl("https://tracker.example.org/" + KEY)
        .setLastRevision(1)
        .setAt(now);
  }

  private static Finding.Builder finding(String id) {
    return Finding.newBuilder()
        .setId(id)
        .setAsset("registry.example.org/shop/web")
        .setKind(FindingKind.VULNERABLE_PACKAGE)
        .setVulnerability("CVE-2024-5535")
        .setItem("item-1")
        .setScanners(List.of("trivy"));
  }

  private void closed(String who, String... words) {
    now = now.plus(Duration.ofHours(1));
    tracker.did(
        KEY,
        new Act(Act.Kind.CLOSED, Optional.ofNullable(who), Set.of(words), Optional.empty(), now));
    now = now.plus(Duration.ofMinutes(1));
  }

  private void work(Rounds rounds) throws Exception {
    while (rounds.work().isZero()) {}
  }

  private ScanVerdict scan(String line, Instant at, Completeness completeness) {
    return ScanVerdict.newBuilder()
        .setScanId("scan-" + at)
        .setAsset("registry.example.org/shop/web")
        .setLine(line)
        .setVersion("5.4.2")
        .setScanner("trivy")
        .setPurpose(ScanPurpose.HEAD)
        .setCompleteness(completeness)
        .setScanTime(at)
        .build();
  }

  private String words() {
    assertThat(mended).hasSize(1);
    return mended.get(0).getChanges().get(0).getAfter();
  }

  @Test
  void anAcceptanceIsGrantedToWhoMayAsk() throws Exception {
    openItem();
    Rounds rounds = polling();
    closed("ann", "Won't Fix");
    work(rounds);
    assertThat(mended).isEmpty();
    assertThat(accepted).hasSize(1);
    assertThat(accepted.get(0).actor()).isEqualTo("ann");
    assertThat(accepted.get(0).ticket()).isEqualTo("https://tracker.example.org/SEC-1");
    assertThat(accepted.get(0).until())
        .isEqualTo(Samples.AT.plus(Duration.ofHours(1)).plus(Duration.ofDays(90)));
    assertThat(asked).hasSize(1);
    assertThat(asked.get(0).getKind()).isEqualTo(FeedbackKind.ACCEPTED);
    assertThat(asked.get(0).getUntil()).isEqualTo(accepted.get(0).until());
  }

  @Test
  void aGrantedAcceptanceIsNotMadeTwice() throws Exception {
    openItem();
    Rounds rounds = polling();
    closed("ann", "wont_fix");
    work(rounds);
    now = now.plus(Duration.ofMinutes(6));
    work(rounds);
    assertThat(accepted).hasSize(1);
    assertThat(asked).hasSize(1);
  }

  @Test
  void whatWasAcceptedAndIsStillOpenIsOpenedAgain() throws Exception {
    openItem();
    Rounds rounds = polling();
    closed("ann", "wontfix");
    work(rounds);
    now = now.plus(Duration.ofMinutes(20));
    work(rounds);
    assertThat(words()).contains("granted").contains("still work left");
  }

  @Test
  void whoMayNotAcceptIsToldSo() throws Exception {
    openItem();
    Rounds rounds = polling();
    closed("bob", "won't fix");
    work(rounds);
    assertThat(accepted).isEmpty();
    assertThat(words()).startsWith("bob asked to accept the risk: not granted");
    assertThat(mended.get(0).getType()).isEqualTo(ActionEventType.REOPENED);
    assertThat(asked).hasSize(1);
  }

  @Test
  void nobodyMayAcceptWhereNobodyIsNamed() throws Exception {
    openItem();
    Rounds rounds = rounds(Map.of("reconcile.every", "0s", "feedback.accepters", ""));
    closed("ann", "won't fix");
    work(rounds);
    assertThat(words()).contains("nobody may do that here");
  }

  @Test
  void whatIsKnownToBeExploitedIsNeverAccepted() throws Exception {
    openItem();
    findings.clear();
    findings.add(finding("f-1").setKnownExploited(true).build());
    Rounds rounds = polling();
    closed("ann", "won't fix");
    work(rounds);
    assertThat(accepted).isEmpty();
    assertThat(words()).contains("known to be exploited");
  }

  @Test
  void aLiveSecretIsNeverAccepted() throws Exception {
    openItem();
    findings.clear();
    findings.add(
        finding("f-1")
            .setKind(FindingKind.SECRET)
            .setSecretValidity(SecretValidity.UNKNOWN)
            .build());
    Rounds rounds = polling();
    closed("ann", "false-positive");
    work(rounds);
    assertThat(accepted).isEmpty();
    assertThat(words()).contains("secret");
  }

  @Test
  void aFalsePositiveIsOfOneScanner() throws Exception {
    openItem();
    Rounds rounds = polling();
    closed("ann", "False Positive");
    work(rounds);
    assertThat(accepted).singleElement().matches(Acceptances.Acceptance::falsePositive);
  }

  @Test
  void whatTwoScannersSayIsNoFalsePositiveOfOne() throws Exception {
    openItem();
    findings.add(finding("f-2").setScanners(List.of("grype", "trivy")).build());
    Rounds rounds = polling();
    closed("ann", "False Positive");
    work(rounds);
    assertThat(accepted).isEmpty();
    assertThat(words()).contains("more than one scanner");
  }

  @Test
  void whatWasClosedAsDoneWaitsForTheNextScan() throws Exception {
    openItem();
    Rounds rounds = polling();
    scans.add(scan("5.x", now, Completeness.COMPLETE));
    closed("bob", "Done");
    work(rounds);
    assertThat(mended).isEmpty();
    assertThat(rounds.waiting()).isEqualTo(1);
    assertThat(asked).extracting(TicketFeedback::getKind).containsExactly(FeedbackKind.CLOSED);
    now = now.plus(Duration.ofHours(5));
    scans.add(scan("5.x", now.minusSeconds(60), Completeness.SUSPICIOUS));
    scans.add(scan("9.x", now.minusSeconds(60), Completeness.COMPLETE));
    work(rounds);
    assertThat(mended).as("neither a suspicious scan nor one of another line").isEmpty();
    scans.add(scan("5.x", now, Completeness.COMPLETE));
    now = now.plus(Duration.ofHours(1));
    work(rounds);
    assertThat(words())
        .isEqualTo(
            "bob closed this as done on 2026-03-01 11:15 UTC. trivy scanned 5.x (5.4.2) on"
                + " 2026-03-01 16:16 UTC and it is still there. Opened again.");
    assertThat(asked).hasSize(1);
  }

  @Test
  void whatWasClosedAsDoneAndIsGoneStaysClosed() throws Exception {
    openItem();
    Rounds rounds = polling();
    closed("bob", "Done");
    work(rounds);
    items.put(
        "item-1",
        Samples.item("item-1")
            .setRevision(2)
            .setStatus(ItemStatus.RESOLVED)
            .setUpdatedAt(now)
            .build());
    links.put("item-1", link().setLastRevision(2).setState(TicketState.CLOSED).build());
    scans.add(scan("5.x", now, Completeness.COMPLETE));
    now = now.plus(Duration.ofHours(1));
    work(rounds);
    assertThat(mended).isEmpty();
    assertThat(rounds.waiting()).isZero();
  }

  @Test
  void whatNobodyScansIsOpenedAgainInTheEnd() throws Exception {
    openItem();
    Rounds rounds = polling();
    closed(null, "Done");
    work(rounds);
    now = now.plus(Duration.ofDays(15));
    work(rounds);
    assertThat(words()).startsWith("somebody closed this").contains("scanned it for 14 days");
  }

  @Test
  void whoOpensAnAcceptedTicketTakesTheAcceptanceBack() throws Exception {
    openItem();
    items.put("item-1", Samples.item("item-1").setStatus(ItemStatus.WITHDRAWN).build());
    links.put("item-1", link().setState(TicketState.CLOSED).build());
    revocable.add("https://tracker.example.org/SEC-1");
    Rounds rounds = polling();
    now = now.plus(Duration.ofHours(1));
    tracker.did(
        KEY, new Act(Act.Kind.REOPENED, Optional.of("bob"), Set.of(), Optional.empty(), now));
    work(rounds);
    assertThat(revocable).isEmpty();
    assertThat(mended).isEmpty();
    assertThat(asked).extracting(TicketFeedback::getKind).containsExactly(FeedbackKind.REOPENED);
  }

  @Test
  void whoOpensATicketWithoutWorkIsToldSo() throws Exception {
    openItem();
    items.put(
        "item-1",
        Samples.item("item-1")
            .setStatus(ItemStatus.RESOLVED)
            .setStatusReason("No scanner sees it any more.")
            .build());
    links.put("item-1", link().setState(TicketState.CLOSED).build());
    Rounds rounds = polling();
    now = now.plus(Duration.ofHours(1));
    tracker.did(
        KEY, new Act(Act.Kind.REOPENED, Optional.of("bob"), Set.of(), Optional.empty(), now));
    work(rounds);
    assertThat(words())
        .isEqualTo(
            "bob opened this again, and there is nothing to do: it is resolved, No scanner sees it any"
                + " more.");
    assertThat(mended.get(0).getType()).isEqualTo(ActionEventType.RESOLVED);
  }

  @Test
  void whoAssignedIsWrittenDownOnce() throws Exception {
    openItem();
    Rounds rounds = polling();
    now = now.plus(Duration.ofMinutes(1));
    tracker.did(
        KEY, new Act(Act.Kind.ASSIGNED, Optional.of("ann"), Set.of("bob"), Optional.empty(), now));
    tracker.put(KEY, true, "bob", now);
    work(rounds);
    now = now.plus(Duration.ofMinutes(10));
    tracker.put(KEY, true, "bob", now);
    work(rounds);
    assertThat(asked).hasSize(1);
    assertThat(asked.get(0).getKind()).isEqualTo(FeedbackKind.ASSIGNED);
    assertThat(asked.get(0).getComment()).isEqualTo("bob");
  }

  @Test
  void aDeletedTicketIsFoundAndMadeAnew() throws Exception {
    openItem();
    tracker.tickets.clear();
    work(rounds(Map.of("feedback.every", "0s")));
    assertThat(asked).extracting(TicketFeedback::getKind).containsExactly(FeedbackKind.DELETED);
    assertThat(mended).hasSize(1);
    assertThat(counted("deleted")).isEqualTo(1);
  }

  @Test
  void aDeletedTicketIsLeftWhereTheSettingsSaySo() throws Exception {
    openItem();
    tracker.tickets.clear();
    work(rounds(Map.of("feedback.every", "0s", "reconcile.deleted", "LEAVE")));
    assertThat(asked).hasSize(1);
    assertThat(mended).isEmpty();
  }

  @Test
  void whatWasNeverDeliveredIsDelivered() throws Exception {
    openItem();
    items.put("item-1", Samples.item("item-1").setRevision(7).setUpdatedAt(now).build());
    Rounds rounds = rounds(Map.of("feedback.every", "0s", "reconcile.every", "1m"));
    work(rounds);
    assertThat(mended).as("it may be on its way").isEmpty();
    now = now.plus(Duration.ofMinutes(11));
    work(rounds);
    assertThat(mended).hasSize(1);
    assertThat(mended.get(0).getItem().getRevision()).isEqualTo(7);
    assertThat(mended.get(0).getChanges()).isEmpty();
    assertThat(counted("late")).isEqualTo(1);
  }

  @Test
  void anIntentThatNothingCameOfIsTriedAgain() throws Exception {
    openItem();
    links.put(
        "item-1",
        link().setState(TicketState.INTENT).setKey(null).setUrl(null).setLastRevision(0).build());
    now = now.plus(Duration.ofMinutes(11));
    work(rounds(Map.of("feedback.every", "0s")));
    assertThat(mended).hasSize(1);
    assertThat(tracker.requests).isZero();
    assertThat(counted("unfinished")).isEqualTo(1);
  }

  @Test
  void whatIsAsItShouldBeIsLeftAlone() throws Exception {
    openItem();
    now = now.plus(Duration.ofHours(1));
    work(rounds(Map.of()));
    assertThat(mended).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void whatWasSentSinceItWasSeenIsLeftAlone() throws Exception {
    openItem();
    Rounds rounds = polling();
    closed("bob", "won't fix");
    links.put("item-1", link().setAt(now.plusSeconds(1)).build());
    work(rounds);
    assertThat(mended).isEmpty();
  }

  @Test
  void whatIsUnderWayIsLookedAtLater() throws Exception {
    openItem();
    Rounds rounds = polling();
    busy = true;
    closed("bob", "won't fix");
    work(rounds);
    assertThat(mended).isEmpty();
    busy = false;
    now = now.plus(Duration.ofMinutes(6));
    tracker.tickets.clear();
    work(rounds);
    assertThat(words()).contains("not granted");
  }

  @Test
  void aSetbackLosesNoTicket() throws Exception {
    openItem();
    tracker.tickets.clear();
    tracker.next = new Setback(Delivery.retry("busy"), false);
    Rounds rounds = rounds(Map.of("feedback.every", "0s"));
    assertThatThrownBy(rounds::work).isInstanceOf(Setback.class);
    work(rounds);
    assertThat(mended).hasSize(1);
  }

  @Test
  void ticketsThatWereClosedLongAgoAreNotReadAgain() throws Exception {
    openItem();
    items.put("item-1", Samples.item("item-1").setStatus(ItemStatus.RESOLVED).build());
    links.put("item-1", link().setState(TicketState.CLOSED).build());
    now = now.plus(Duration.ofDays(31));
    work(rounds(Map.of("feedback.every", "0s")));
    assertThat(tracker.requests).isZero();
  }

  private double counted(String reason) {
    return meters.get(TicketMetrics.MENDED).tag("reason", reason).counter().count();
  }

  private final class Books implements Deliveries {
    @Override
    public Map<Integer, List<TicketLink>> links() {
      return Map.of(0, List.copyOf(links.values()));
    }

    @Override
    public boolean mend(int partition, ActionEvent event) {
      if (busy) {
        return false;
      }
      mended.add(event);
      return true;
    }
  }

  private final class Topics implements World {
    @Override
    public Map<String, ActionItem> items(Set<Integer> partitions, Set<String> ids) {
      Map<String, ActionItem> found = new HashMap<>(items);
      found.keySet().retainAll(ids);
      return found;
    }

    @Override
    public List<Finding> findings(Set<Integer> partitions, Set<String> ids) {
      return findings;
    }

    @Override
    public List<ScanVerdict> scans(Set<Integer> partitions, Instant since) {
      return scans;
    }

    @Override
    public boolean ask(int partition, TicketFeedback feedback) {
      boolean known =
          asked.stream()
              .anyMatch(
                  each ->
                      each.getKind() == feedback.getKind()
                          && each.getAt().equals(feedback.getAt()));
      return !known && asked.add(feedback);
    }
  }

  private final class Granting implements Acceptances {
    @Override
    public void accept(Acceptance acceptance) {
      accepted.add(acceptance);
    }

    @Override
    public boolean revoke(String ticket) {
      return revocable.remove(ticket);
    }
  }
}
