package dev.sluice.sinks.redmine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.embedded.OneMachine;
import dev.sluice.embedded.junit.SharedKafka;
import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.ItemStatus;
import dev.sluice.sinks.Defaults;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Samples;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkEnvironment;
import dev.sluice.sinks.runner.KillBench;
import dev.sluice.sinks.ticket.Act;
import dev.sluice.sinks.ticket.Clearance;
import dev.sluice.sinks.ticket.Mending;
import dev.sluice.sinks.ticket.Page;
import dev.sluice.sinks.ticket.Standing;
import dev.sluice.sinks.ticket.TicketDesk;
import dev.sluice.sinks.ticket.Tracker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The sink against Redmine itself. {@code -Dsluice.kills=50} and {@code -Dsluice.items=2000} kill
 * more often, while more items live, than the default.
 */
@ExtendWith(SharedKafka.class)
final class RedmineIT {
  private static final int KILLS = Integer.getInteger("sluice.kills", 4);
  private static final int ITEMS = Integer.getInteger("sluice.items", 50);

  private static Redmine redmine;

  private final TicketDesk desk = new TicketDesk();
  private Sink sink;

  @BeforeAll
  static void startRedmine() throws Exception {
    redmine = Redmine.start();
  }

  @AfterAll
  static void stopRedmine() throws Exception {
    if (redmine != null) {
      redmine.close();
    }
  }

  @BeforeEach
  void open() {
    sink =
        RedmineSink.TYPE
            .factory()
            .open(
                Defaults.sink("redmine", settings()),
                new SinkEnvironment("tracker", Clock.systemUTC(), System.out, false));
  }

  @AfterEach
  void close() {
    sink.close();
  }

  private static Map<String, String> settings() {
    return Map.of(
        "redmine.url", redmine.url(),
        "redmine.project", "web",
        "redmine.token", redmine.person("sluice").key(),
        "redmine.settle", "2s",
        "redmine.priorities.critical", "5",
        "redmine.assignees.team-web", redmine.person("bob").id(),
        "redmine.http.allow-loopback", "true");
  }

  private static ActionEvent event(String id, int episode, long revision, ActionEventType type) {
    return Samples.event(id, episode, revision, type);
  }

  private JsonNode issue(String key) throws Exception {
    return redmine.get("/issues/" + key + ".json?include=journals").path("issue");
  }

  private String key(Delivery delivery) {
    return ((Delivery.Delivered) delivery).receipt().key().orElseThrow();
  }

  @Test
  void oneIssueLivesThroughAllOfAnItemsLife() throws Exception {
    String key =
        key(desk.deliver(sink, event("life", 1, 1, ActionEventType.OPENED), Instant.now()));
    JsonNode issue = issue(key);
    assertThat(issue.path("subject").asText())
        .isEqualTo("Upgrade openssl to 3.0.15-1~deb12u1 in registry.example.org/shop/web");
    assertThat(issue.path("description").asText()).contains("CVE-2024-5535").contains("sluice-");
    assertThat(issue.path("priority").path("id").asInt()).isEqualTo(5);
    assertThat(issue.path("assigned_to").path("id").asText()).isEqualTo(redmine.person("bob").id());
    assertThat(issue.path("due_date").asText()).isEqualTo("2026-03-15");
    desk.deliver(sink, event("life", 1, 2, ActionEventType.OVERDUE), Instant.now());
    desk.deliver(sink, event("life", 1, 3, ActionEventType.RESOLVED), Instant.now());
    assertThat(issue(key).path("status").path("is_closed").asBoolean()).isTrue();
    desk.deliver(sink, event("life", 2, 4, ActionEventType.REOPENED), Instant.now());
    assertThat(issue(key).path("status").path("is_closed").asBoolean()).isFalse();
    List<String> notes = issue(key).path("journals").findValuesAsText("notes");
    assertThat(notes).anyMatch(note -> note.contains("Overdue"));
    assertThat(notes).anyMatch(note -> note.contains("Resolved"));
    assertThat(notes).anyMatch(note -> note.contains("Open again"));
  }

  @Test
  void anIssueThatACrashLeftIsFoundAgain() throws Exception {
    int before = redmine.issues().size();
    ActionEvent opened = event("crash", 1, 1, ActionEventType.OPENED);
    desk.deliverAndDie(sink, opened, Instant.now());
    close();
    open();
    String key = key(desk.deliver(sink, opened, Instant.now()));
    assertThat(redmine.issues()).hasSize(before + 1);
    assertThat(issue(key).path("status").path("is_closed").asBoolean()).isFalse();
  }

  @Test
  void whatPeopleDoIsSeenAndAnswered() throws Exception {
    Tracker tracker = sink.tracker().orElseThrow();
    Clearance.check("tracker", tracker);
    ActionEvent opened = event("people", 1, 1, ActionEventType.OPENED);
    String key = key(desk.deliver(sink, opened, Instant.now()));
    redmine.send(
        "ann",
        "PUT",
        "/issues/" + key + ".json",
        "{\"issue\":{\"status_id\":6,\"notes\":\"we live with it\"}}");
    Page changed = tracker.list(Instant.now().minus(Duration.ofMinutes(5)), true, Optional.empty());
    Standing standing =
        changed.tickets().stream().filter(each -> each.key().equals(key)).findFirst().orElseThrow();
    assertThat(standing.open()).isFalse();
    assertThat(standing.isOurs()).isTrue();
    assertThat(tracker.acts(standing))
        .singleElement()
        .satisfies(
            act -> {
              assertThat(act.kind()).isEqualTo(Act.Kind.CLOSED);
              assertThat(act.actor()).contains(redmine.person("ann").id());
              assertThat(act.words()).containsExactly("Rejected");
              assertThat(act.comment()).contains("we live with it");
            });
    desk.deliver(
        sink, Mending.of(opened.getItem(), "ann may not accept it", Instant.now()), Instant.now());
    assertThat(issue(key).path("status").path("is_closed").asBoolean()).isFalse();
    assertThat(issue(key).path("journals").findValuesAsText("notes"))
        .contains("we live with it")
        .anyMatch(note -> note.contains("ann may not accept it"));
    assertThat(
            tracker.list(Instant.now().plus(Duration.ofHours(1)), true, Optional.empty()).tickets())
        .isEmpty();
  }

  @Test
  void anIssueThatIsDeletedIsMadeAnewOnce() throws Exception {
    ActionEvent opened = event("gone", 1, 1, ActionEventType.OPENED);
    String key = key(desk.deliver(sink, opened, Instant.now()));
    int before = redmine.issues().size();
    redmine.send("sluice", "DELETE", "/issues/" + key + ".json", null);
    Delivery delivery;
    do {
      delivery = desk.deliver(sink, event("gone", 1, 2, ActionEventType.CHANGED), Instant.now());
    } while (!(delivery instanceof Delivery.Delivered));
    // Not by its key: SQLite gives the id of the last row again once that is deleted.
    assertThat(issue(key(delivery)).path("description").asText()).contains("sluice-");
    assertThat(redmine.issues()).hasSize(before);
  }

  @Test
  void killsLoseNothingAndDoubleNothing(OneMachine kafka) throws Exception {
    Set<String> before = new HashSet<>();
    redmine.issues().forEach(issue -> before.add(issue.path("id").asText()));
    try (KillBench bench = new KillBench(kafka, "redmine", settings())) {
      bench.killWhileItemsLive(ITEMS, KILLS);
    }
    Map<String, Integer> marks = new TreeMap<>();
    Pattern mark = Pattern.compile("sluice-[0-9a-f]{32}");
    for (JsonNode issue : redmine.issues()) {
      if (before.contains(issue.path("id").asText())) {
        continue;
      }
      Matcher found = mark.matcher(issue.path("description").asText());
      assertThat(found.find()).as("every issue has its mark").isTrue();
      marks.merge(found.group(), 1, Integer::sum);
      assertThat(issue.path("status").path("is_closed").asBoolean()).as("final state").isTrue();
    }
    assertThat(marks.values()).as("issues of an item").containsOnly(1);
    System.out.printf("redmine: %d kills, %d items, %d issues%n", KILLS, ITEMS, marks.size());
    // All were sent before the first was resolved.
    assertThat(marks).hasSize(ITEMS);
  }

  @Test
  void hostileTextIsShownAsItIs() throws Exception {
    String hostile = "h1. big *b* !https://evil.example/x.png! {{include(x)}} #1 @root <b>x</b>";
    ActionItem item =
        Samples.item("hostile")
            .setTitle("t")
            .setSummary(hostile)
            .setStatus(ItemStatus.OPEN)
            .build();
    String key =
        key(desk.deliver(sink, Samples.event(item, ActionEventType.OPENED), Instant.now()));
    String html = redmine.html("/issues/" + key);
    String body = html.substring(html.indexOf("class=\"wiki\""));
    body = body.substring(0, body.indexOf("Release lines"));
    // Redmine leaves the references to the browser, and makes nothing of what they stand for.
    assertThat(body)
        .contains(
            "<p>h1&#46; big &#42;b&#42; &#33;https&#58;&#47;&#47;evil.example/x.png&#33;"
                + " &#123;&#123;include&#40;x&#41;&#125;&#125; &#35;1 &#64;root"
                + " &#60;b&#62;x&#60;&#47;b&#62;</p>")
        .doesNotContain("<img")
        .doesNotContain("issues/1\"")
        .doesNotContain("<h1");
  }
}
