package dev.sluice.sinks.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.sinks.Defaults;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Golden;
import dev.sluice.sinks.Samples;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkEnvironment;
import dev.sluice.sinks.http.HttpSinkContract;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every ticket sink must pass besides, at a tracker that keeps tickets. */
public abstract class TicketSinkContract extends HttpSinkContract {
  protected static final String TOKEN = "s3cr3t-t0ken";

  protected FakeTracker tracker;
  protected Instant now = Samples.AT;
  protected Sink tickets;
  private final TicketDesk desk = new TicketDesk();

  private final Clock clock =
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
      };

  /** A tracker without tickets. */
  protected abstract FakeTracker fake(Instant now);

  /** Settings with which the sink works at this URL, by key. */
  protected abstract Map<String, String> settings(String server);

  /** What a ticket's key begins with. */
  protected String front() {
    return "";
  }

  /** Name of the golden file. */
  protected String golden() {
    return type().descriptor().type();
  }

  @Override
  protected final Sink open(String server) {
    return open(server, Map.of());
  }

  protected final Sink open(String server, Map<String, String> more) {
    String name = type().descriptor().type();
    Map<String, String> keys = new HashMap<>();
    keys.put(name + ".http.timeout", "1s");
    keys.put(name + ".http.allow-loopback", "true");
    keys.putAll(settings(server));
    keys.putAll(more);
    return type()
        .factory()
        .open(Defaults.sink(name, keys), new SinkEnvironment("tracker", clock, System.out, false));
  }

  @BeforeEach
  final void startTracker() {
    tracker = fake(now);
    tickets = open(tracker.url());
  }

  @AfterEach
  final void stopTracker() {
    tickets.close();
    tracker.close();
  }

  protected final Delivery send(ActionEvent event) {
    return desk.deliver(tickets, event, now);
  }

  protected final ActionEvent event(int episode, long revision, ActionEventType type) {
    return Samples.event("item-1", episode, revision, type);
  }

  protected final void wait(Duration pause) {
    now = now.plus(pause);
    tracker.setNow(now);
  }

  /** Another process: it remembers nothing but what the desk knows. */
  protected final void restart() {
    tickets.close();
    tickets = open(tracker.url());
  }

  protected final FakeTracker.Entry only() {
    assertThat(tracker.entries()).hasSize(1);
    return tracker.entries().get(0);
  }

  private void sendUntilDelivered(ActionEvent event) {
    for (int i = 0; i < 100; i++) {
      if (send(event) instanceof Delivery.Delivered) {
        return;
      }
      wait(Duration.ofSeconds(3));
    }
    throw new AssertionError("never delivered");
  }

  @Test
  final void requestsAreAsDocumented() throws Exception {
    send(event(1, 1, ActionEventType.OPENED));
    send(event(1, 2, ActionEventType.EXPLOITED));
    send(event(1, 3, ActionEventType.RESOLVED));
    send(event(2, 4, ActionEventType.REOPENED));
    Golden.check(golden() + ".http", String.join("\n", tracker.log()));
  }

  @Test
  final void oneTicketLivesThroughAllOfAnItemsLife() {
    assertThat(send(event(1, 1, ActionEventType.OPENED)).outcome()).isEqualTo("delivered");
    assertThat(only().open).isTrue();
    assertThat(only().title)
        .isEqualTo("Upgrade openssl to 3.0.15-1~deb12u1 in registry.example.org/shop/web");
    send(event(1, 2, ActionEventType.RESOLVED));
    assertThat(only().open).isFalse();
    send(event(2, 3, ActionEventType.REOPENED));
    assertThat(only().open).isTrue();
    assertThat(only().comments).hasSize(2);
  }

  @Test
  final void theTicketsKeyAndLinkAreHandedBack() {
    Delivery.Delivered delivered = (Delivery.Delivered) send(event(1, 1, ActionEventType.OPENED));
    assertThat(delivered.receipt().key()).contains(only().key);
    assertThat(delivered.receipt().url().orElseThrow()).startsWith("http").contains(only().key);
  }

  @Test
  final void aCreateThatWasNotAnsweredLeavesOneTicket() {
    tracker.hangAfterCreate(3);
    tracker.setLag(Duration.ofSeconds(8));
    sendUntilDelivered(event(1, 1, ActionEventType.OPENED));
    assertThat(only().open).isTrue();
    send(event(1, 2, ActionEventType.RESOLVED));
    assertThat(only().open).isFalse();
  }

  @Test
  final void aProcessThatDiesAfterACreateLeavesOneTicket() {
    tracker.setLag(Duration.ofSeconds(8));
    desk.deliverAndDie(tickets, event(1, 1, ActionEventType.OPENED), now);
    restart();
    assertThat(send(event(1, 1, ActionEventType.OPENED)).outcome()).isEqualTo("retry");
    sendUntilDelivered(event(1, 1, ActionEventType.OPENED));
    assertThat(only().open).isTrue();
  }

  @Test
  final void whatWasCreatedUnseenIsClosedWhenTheItemIsResolved() {
    tracker.hangAfterCreate(1);
    tracker.setLag(Duration.ofSeconds(8));
    send(event(1, 1, ActionEventType.OPENED));
    restart();
    sendUntilDelivered(event(1, 2, ActionEventType.RESOLVED));
    assertThat(only().open).isFalse();
  }

  @Test
  final void whatPeopleClosedAndIsStillThereIsOpenedWithAComment() {
    send(event(1, 1, ActionEventType.OPENED));
    only().open = false;
    send(event(1, 2, ActionEventType.CHANGED));
    assertThat(only().open).isTrue();
    assertThat(only().comments).hasSize(1);
    assertThat(only().comments.get(0)).contains("still there").contains("trivy");
  }

  @Test
  final void whatPeopleDeletedIsCreatedAnew() {
    send(event(1, 1, ActionEventType.OPENED));
    String first = only().key;
    tracker.delete(first);
    sendUntilDelivered(event(1, 2, ActionEventType.CHANGED));
    assertThat(only().key).isNotEqualTo(first);
  }

  @Test
  final void whatPeopleDeletedIsLeftIfTheSettingsSaySo() {
    tickets.close();
    tickets = open(tracker.url(), Map.of("reconcile.deleted", "LEAVE"));
    send(event(1, 1, ActionEventType.OPENED));
    tracker.delete(only().key);
    assertThat(send(event(1, 2, ActionEventType.CHANGED)).outcome()).isEqualTo("delivered");
    assertThat(tracker.entries()).isEmpty();
  }

  @Test
  final void aTicketIsMendedWithTheReason() {
    send(event(1, 1, ActionEventType.OPENED));
    tracker.closeAs(only().key, "7", "won't fix");
    send(Mending.of(event(1, 1, ActionEventType.OPENED).getItem(), "ann may not do that", now));
    assertThat(only().open).isTrue();
    assertThat(only().comments).singleElement().asString().contains("ann may not do that");
  }

  @Test
  final void whoAskedForAnAcceptanceIsToldThatItWasGranted() {
    send(event(1, 1, ActionEventType.OPENED));
    tracker.closeAs(only().key, "7", "won't fix");
    send(event(1, 2, ActionEventType.WITHDRAWN));
    assertThat(only().open).isFalse();
    assertThat(only().comments).singleElement().asString().contains("Withdrawn");
  }

  @Test
  final void whatPeopleWroteIsKeptWhenTheirTicketIsTakenOver() {
    String key = tracker.write(front(), "openssl is old", "see *our* wiki\nbob knows more");
    desk.link(event(1, 1, ActionEventType.OPENED), key, now);
    send(event(1, 1, ActionEventType.OPENED));
    assertThat(only().comments)
        .singleElement()
        .asString()
        .contains("openssl is old")
        .contains("wiki")
        .contains("bob knows more");
    assertThat(only().title).startsWith("Upgrade openssl");
    send(event(1, 2, ActionEventType.CHANGED));
    assertThat(only().comments).hasSize(1);
  }

  @Test
  final void whatPeopleDidIsListed() throws Exception {
    Tracker asked = tickets.tracker().orElseThrow();
    send(event(1, 1, ActionEventType.OPENED));
    deliver(tickets, Samples.event("other", 1, 1, ActionEventType.OPENED));
    String key = tracker.entries().get(0).key;
    wait(Duration.ofHours(2));
    tracker.assign(key, "7", "8");
    tracker.closeAs(key, "7", "won't fix");
    Page changed = asked.list(now.minus(Duration.ofHours(1)), true, java.util.Optional.empty());
    assertThat(changed.tickets()).hasSize(1);
    Standing standing = changed.tickets().get(0);
    assertThat(standing.key()).isEqualTo(key);
    assertThat(standing.open()).isFalse();
    assertThat(standing.isOurs()).isTrue();
    assertThat(standing.title()).startsWith("Upgrade openssl");
    assertThat(standing.assignee()).contains("8");
    Act closed = asked.acts(standing).get(asked.acts(standing).size() - 1);
    assertThat(closed.kind()).isEqualTo(Act.Kind.CLOSED);
    assertThat(closed.actor()).contains("7");
    assertThat(closed.words())
        .map(word -> word.toLowerCase(java.util.Locale.ROOT))
        .contains("won't fix");
    assertThat(closed.at()).isEqualTo(now);
    tracker.reopen(key, "9");
    List<Act> acts = asked.acts(asked.read(key).orElseThrow());
    assertThat(acts.get(acts.size() - 1).kind()).isEqualTo(Act.Kind.REOPENED);
    assertThat(acts.get(acts.size() - 1).actor()).contains("9");
  }

  @Test
  final void aListingHasAllOfItsPages() throws Exception {
    for (int i = 0; i < 120; i++) {
      tracker.write(front(), "ticket " + i, "by people");
    }
    Tracker asked = tickets.tracker().orElseThrow();
    java.util.Set<String> keys = new java.util.HashSet<>();
    java.util.Optional<String> cursor = java.util.Optional.empty();
    do {
      Page page = asked.list(Instant.EPOCH, false, cursor);
      page.tickets().forEach(ticket -> keys.add(ticket.key()));
      cursor = page.next();
    } while (cursor.isPresent());
    assertThat(keys).hasSize(120);
  }

  @Test
  final void anEmbargoedItemNeverReachesAPublicTracker() {
    tracker.setPublic(true);
    ActionItem secret = Samples.item("secret").setEmbargoed(true).build();
    Delivery delivery = send(Samples.event(secret, ActionEventType.OPENED));
    assertThat(delivery.outcome()).isEqualTo("rejected");
    assertThat(delivery.toString()).contains("everybody can read");
    assertThat(String.join("\n", tracker.log())).doesNotContain("openssl");
    assertThat(tracker.entries()).isEmpty();
  }

  @Test
  final void aClearedSinkOfAPublicTrackerIsRefusedAtTheStart() {
    Tracker asked = tickets.tracker().orElseThrow();
    Clearance.check("tracker", asked);
    tracker.setPublic(true);
    assertThatThrownBy(() -> Clearance.check("tracker", asked))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("sinks.tracker.cleared: more people")
        .hasMessageContaining("make the project private");
  }

  @Test
  final void aTrackerThatCannotSayNowIsAskedBeforeEachTicket() {
    Tracker away = open("http://127.0.0.1:9", Map.of()).tracker().orElseThrow();
    Clearance.check("tracker", away);
  }

  @Test
  final void anEmbargoedItemReachesAPrivateTracker() {
    ActionItem secret = Samples.item("secret").setEmbargoed(true).build();
    assertThat(send(Samples.event(secret, ActionEventType.OPENED)).outcome())
        .isEqualTo("delivered");
    assertThat(only().open).isTrue();
  }

  @Test
  final void nothingThatHoldsTextWritesTheToken() {
    List<Delivery> all =
        List.of(deliver(tickets, event()), deliver(open("http://127.0.0.1:9", Map.of()), event()));
    assertThat(all.toString()).doesNotContain(TOKEN);
    assertThat(Defaults.sink(type().descriptor().type(), settings("http://x")).toString())
        .doesNotContain(TOKEN);
  }

  @Test
  final void theLongestItemFits() {
    String long0 = "\\*[`é😀|{<&".repeat(2_000);
    ActionItem item =
        Samples.item("long")
            .setTitle(long0)
            .setSummary(long0)
            .setReason(long0)
            .setPlace(long0)
            .setOwner(long0)
            .setStatusReason(long0)
            .setScanners(java.util.Collections.nCopies(50, long0))
            .setReferences(
                java.util.Collections.nCopies(10, "https://example.org/" + "x".repeat(250)))
            .setLines(
                java.util.Collections.nCopies(
                    100,
                    dev.sluice.events.LineFix.newBuilder()
                        .setLine(long0)
                        .setInstalledVersions(java.util.Collections.nCopies(20, long0))
                        .setFixedVersion(long0)
                        .setConflict(long0)
                        .build()))
            .setFindings(
                java.util.Collections.nCopies(
                    50,
                    dev.sluice.events.ItemFinding.newBuilder()
                        .setFindingId(long0)
                        .setVulnerability(long0)
                        .setTitle(long0)
                        .setScanners(List.of(long0))
                        .build()))
            .build();
    assertThat(send(Samples.event(item, ActionEventType.OPENED)).outcome()).isEqualTo("delivered");
    assertThat(only().title.length()).isLessThanOrEqualTo(250);
  }
}
