package dev.sluice.sinks.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.Finding;
import dev.sluice.events.FindingStatus;
import dev.sluice.events.Severity;
import dev.sluice.events.TicketState;
import dev.sluice.settings.SecretValue;
import dev.sluice.sinks.Samples;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds on every database. */
abstract class ReadModelContract {
  private static final List<String> ALL = List.of("*");
  private static final List<String> TABLES =
      List.of(
          "findings",
          "finding_names",
          "finding_scanners",
          "finding_lines",
          "finding_redirects",
          "items",
          "item_scanners",
          "item_lines",
          "item_findings",
          "events",
          "decisions",
          "scans",
          "tickets");

  private final List<String> buried = new ArrayList<>();
  private Database database;
  private ReadModel model;

  /** JDBC URL of a database that nobody else uses. */
  abstract String url();

  /** Its user; empty for none. */
  String user() {
    return "";
  }

  final DatabaseSettings settings(String schema, boolean cleared) {
    return new DatabaseSettings(
        url(), user(), SecretValue.of(""), schema, cleared, 4, Duration.ofDays(400));
  }

  @BeforeEach
  void open() {
    database = Database.open(settings("sluice", false), Realm.COMMON);
    database.forget();
    model = new ReadModel(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void anyOrderAndRepetitionGivesTheSameTables(long seed) throws Exception {
    River river = River.ofADay();
    apply(river.all());
    Map<String, List<String>> expected = dump();
    assertThat(expected.get("findings")).hasSize(11);
    assertThat(expected.get("items")).hasSize(4);

    database.forget();
    Random random = new Random(seed);
    Projection projection = projection();
    List<List<ConsumerRecord<byte[], byte[]>>> partitions = river.partitions();
    int[] next = new int[partitions.size()];
    int rewinds = 0;
    while (true) {
      List<Integer> open = new ArrayList<>();
      for (int i = 0; i < next.length; i++) {
        if (next[i] < partitions.get(i).size()) {
          open.add(i);
        }
      }
      if (open.isEmpty()) {
        break;
      }
      int which = open.get(random.nextInt(open.size()));
      if (rewinds < 30 && random.nextInt(4) == 0) {
        // A crash of Kafka's own making: some of the partition is read once more.
        rewinds++;
        next[which] = random.nextInt(next[which] + 1);
        forgetPositions();
        projection = projection();
      }
      List<ConsumerRecord<byte[], byte[]>> log = partitions.get(which);
      int end = Math.min(log.size(), next[which] + 1 + random.nextInt(5));
      List<ConsumerRecord<byte[], byte[]>> batch = log.subList(next[which], end);
      claim(projection, batch);
      projection.apply(batch);
      next[which] = end;
    }
    assertThat(dump()).isEqualTo(expected);
  }

  @Test
  void aRepeatWritesNothing() throws Exception {
    River river = River.ofADay();
    apply(river.all());
    Map<String, List<String>> before = dump();
    forgetPositions();
    apply(river.all());
    assertThat(dump()).isEqualTo(before);
  }

  @Test
  void anOlderRevisionChangesNothing() throws Exception {
    River river =
        new River()
            .add(Topics.FINDINGS, 0, "f-1", River.finding("f-1", 5).build())
            .add(
                Topics.FINDINGS,
                0,
                "f-1",
                River.finding("f-1", 4).setStatus(FindingStatus.RESOLVED).build());
    apply(river.all());
    assertThat(findings().get(0).path("status").asText()).isEqualTo("open");
    assertThat(findings().get(0).path("revision").asInt()).isEqualTo(5);
  }

  @Test
  void whatAnotherProcessHasReadIsRefusedAndNothingOfItIsKept() throws Exception {
    River river = new River().add(Topics.FINDINGS, 0, "f-1", River.finding("f-1", 1).build());
    Projection slow = projection();
    claim(slow, river.all());
    apply(river.all());
    river.add(Topics.FINDINGS, 0, "f-2", River.finding("f-2", 1).build());

    assertThatThrownBy(() -> slow.apply(river.all())).isInstanceOf(LostPartitionException.class);
    assertThat(findings()).hasSize(1);
  }

  @Test
  void bytesThatDoNotDecodeAreADeadLetterAndTheRestGoesOn() throws Exception {
    River river =
        new River()
            .addGarbage(Topics.FINDINGS, 0)
            .add(Topics.FINDINGS, 0, "f-1", River.finding("f-1", 1).build());
    apply(river.all());
    assertThat(buried).singleElement().asString().contains("findings.v1-0@0: cannot be decoded");
    assertThat(findings()).hasSize(1);
  }

  @Test
  void textsThatNoDatabaseLikesAreKeptAsFarAsTheyGo() throws Exception {
    Finding finding =
        River.finding("f-1", 1)
            .setTitle("null \u0000, half \uD83D, whole \uD83D\uDE00 " + "x".repeat(5_000))
            .setPackageName("p".repeat(10_000))
            .setDescription("quote ' \" \\ \u0000 ; DROP TABLE findings")
            .build();
    apply(new River().add(Topics.FINDINGS, 0, "f-1", finding).all());
    assertThat(buried).isEmpty();
    String title =
        database.read(
            connection -> {
              try (Statement query = connection.createStatement();
                  ResultSet rows = query.executeQuery("SELECT title FROM findings")) {
                rows.next();
                return rows.getString(1);
              }
            });
    assertThat(title).hasSize(2_000).startsWith("null \uFFFD, half ");
    assertThat(title).contains("whole \uD83D\uDE00 ");
  }

  @Test
  void aHugeFindingLosesTextBeforeItLosesItself() throws Exception {
    Finding finding =
        River.finding("f-1", 1)
            .setDescription("d".repeat(900_000))
            .setReferences(Collections.nCopies(20, "https://example.org/" + "r".repeat(10_000)))
            .build();
    apply(new River().add(Topics.FINDINGS, 0, "f-1", finding).all());
    assertThat(buried).isEmpty();
    assertThat(explain("f-1").at("/finding/occurrences")).hasSize(1);
    assertThat(explain("f-1").at("/finding/description").isMissingNode()).isTrue();
  }

  @Test
  void embargoedItemsStayOutOfTheCommonTables() throws Exception {
    apply(
        new River()
            .add(Topics.ITEMS, 0, "i-1", River.item("i-1", 1).build())
            .add(Topics.ITEMS, 0, "i-1", River.item("i-1", 2).setEmbargoed(true).build())
            .add(
                Topics.ACTIONABLE,
                0,
                "i-1",
                Samples.event(
                    River.item("i-1", 2).setEmbargoed(true).build(), ActionEventType.CHANGED))
            .all());
    assertThat(model.items(Listing.all(ALL)).rows()).isEmpty();
    assertThat(dump().get("events")).isEmpty();
  }

  @Test
  void embargoedRealmHasASchemaOfItsOwn() throws Exception {
    apply(new River().add(Topics.ITEMS, 0, "i-1", River.item("i-1", 1).build()).all());
    try (Database apart = Database.open(settings("sluice", true), Realm.EMBARGOED)) {
      assertThat(new ReadModel(apart).items(Listing.all(ALL)).rows()).isEmpty();
    }
    assertThat(model.items(Listing.all(ALL)).rows()).hasSize(1);
  }

  @Test
  void filtersNarrow() throws Exception {
    River river = new River();
    river.add(Topics.FINDINGS, 0, "f-1", River.finding("f-1", 1).build());
    river.add(
        Topics.FINDINGS,
        0,
        "f-2",
        River.finding("f-2", 1)
            .setAsset("registry.example/acme-labs/till")
            .setVulnerability("CVE-2020-0001")
            .setAliases(List.of())
            .setOccurrences(List.of())
            .setScanners(List.of("trivy"))
            .setSeverity(Severity.LOW)
            .setStatus(FindingStatus.WITHHELD)
            .setLines(List.of())
            .setItem(null)
            .build());
    river.add(Topics.ITEMS, 0, "i-1", River.item("i-1", 1).build());
    apply(river.all());

    assertThat(ids(asking().asset("registry.example/acme"))).containsExactly("f-1");
    assertThat(ids(asking().asset("till"))).containsExactly("f-2");
    assertThat(ids(asking().scanner("grype"))).containsExactly("f-1");
    assertThat(ids(asking().status("withheld"))).containsExactly("f-2");
    assertThat(ids(asking().severity("LOW"))).containsExactly("f-2");
    assertThat(ids(asking().vulnerability("ghsa-JF85-cpcp-j695"))).containsExactly("f-1");
    assertThat(ids(asking().owner("team-web"))).containsExactly("f-1");
    assertThat(ids(asking().line("5.x"))).containsExactly("f-1");
    assertThat(ids(asking().kind("vulnerable-package"))).containsExactly("f-1", "f-2");
    assertThat(ids(asking().prefixes("registry.example/acme"))).containsExactly("f-1");
    assertThat(ids(asking().prefixes("registry.example/acme", "registry.example/acme-labs")))
        .containsExactly("f-1", "f-2");
    assertThat(ids(asking().prefixes())).isEmpty();
    assertThat(ids(asking().prefixes("registry%"))).isEmpty();
    assertThat(model.items(asking().scanner("grype").overdue().build()).rows()).hasSize(1);
    assertThat(model.items(asking().line("5.x").vulnerability("CVE-2019-10744").build()).rows())
        .hasSize(1);
    assertThat(model.items(asking().kind("baseline").build()).rows()).isEmpty();
  }

  @Test
  void pagesJoinToTheWholeListWorstFirst() throws Exception {
    apply(River.ofADay().all());
    Page whole = model.findings(Listing.all(ALL));
    List<ObjectNode> joined = new ArrayList<>();
    String after = null;
    do {
      Page page = model.findings(asking().limit(3).after(after).build());
      assertThat(page.total()).isEqualTo(whole.total());
      joined.addAll(page.rows());
      after = page.next();
    } while (after != null);
    assertThat(joined).isEqualTo(whole.rows()).hasSize(10);
    assertThat(joined.get(0).path("severity").asText()).isEqualTo("critical");
    assertThat(joined.get(9).path("severity").asText()).isEqualTo("none");
  }

  @Test
  void aRowSaysWhatScriptsAskFor() throws Exception {
    apply(new River().add(Topics.FINDINGS, 0, "f-1", River.finding("f-1", 1).build()).all());
    ObjectNode row = model.findings(Listing.all(ALL)).rows().get(0);
    Set<String> names = new HashSet<>();
    row.fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .contains("id", "asset", "kind", "vulnerability", "aliases", "component", "versions")
        .contains("scanners", "releaseLines", "severity", "decision", "status", "revision");
    assertThat(row.path("versions").toString()).isEqualTo("[\"4.17.11\"]");
    assertThat(row.path("releaseLines").toString()).isEqualTo("[\"5.x\"]");
    assertThat(row.path("decision").toString())
        .isEqualTo("{\"actionable\":true,\"rule\":\"high-with-fix\",\"reason\":\"fixable\"}");
  }

  @Test
  void anExplanationHoldsTheWholeStory() throws Exception {
    Instant later = Samples.AT.plus(Duration.ofDays(90));
    River river =
        new River()
            .add(Topics.FINDINGS, 0, "f-123456", River.finding("f-123456", 2).build())
            .add(
                Topics.DECISIONS,
                0,
                "f-123456",
                River.decided("f-123456", Samples.AT, null, River.decision(false, "no-fix")))
            .add(
                Topics.DECISIONS,
                0,
                "f-123456",
                River.decided(
                    "f-123456",
                    later,
                    River.decision(false, "no-fix"),
                    River.decision(true, "fixable")))
            .add(Topics.ITEMS, 0, "i-1", River.item("i-1", 1).build())
            .add(Topics.ACTIONABLE, 0, "i-1", River.event("i-1", 1, ActionEventType.OPENED))
            .add(Topics.TICKETS, 0, "jira/i-1/1", River.ticket("i-1", TicketState.LINKED))
            .add(Topics.SCANS, 0, "s-1", River.scan("s-1").build());
    apply(river.all());

    JsonNode now = explain("f-12345");
    assertThat(now.path("type").asText()).isEqualTo("finding");
    assertThat(now.at("/decision/reason").asText()).isEqualTo("fixable");
    assertThat(now.at("/decision/facts/severity").asText()).isEqualTo("critical");
    assertThat(now.path("decisions")).hasSize(2);
    assertThat(now.at("/item/id").asText()).isEqualTo("i-1");
    assertThat(now.at("/events/0/type").asText()).isEqualTo("opened");
    assertThat(now.at("/tickets/0/ticket").asText()).isEqualTo("PAY-7");
    assertThat(now.at("/scans/0/scanner").asText()).isEqualTo("trivy");

    Instant march = Samples.AT.plus(Duration.ofDays(1));
    JsonNode then = model.explain("f-123456", ALL, march).orElseThrow();
    assertThat(then.at("/decision/reason").asText()).isEqualTo("no-fix");
    assertThat(then.path("decisions")).hasSize(1);

    JsonNode item = explain("i-1");
    assertThat(item.path("type").asText()).isEqualTo("item");
    assertThat(item.at("/findings/0/id").asText()).isEqualTo("f-123456");

    JsonNode vulnerability = explain("cve-2019-10744");
    assertThat(vulnerability.path("type").asText()).isEqualTo("vulnerability");
    assertThat(vulnerability.path("findings")).hasSize(1);
  }

  @Test
  void aResolvedFindingKeepsTheStoryOfItsItem() throws Exception {
    apply(
        new River()
            .add(Topics.ITEMS, 0, "i-1", River.item("i-1", 1).build())
            .add(Topics.ACTIONABLE, 0, "i-1", River.event("i-1", 1, ActionEventType.OPENED))
            .add(
                Topics.FINDINGS,
                0,
                "f-1",
                River.finding("f-1", 2)
                    .setItem(null)
                    .setStatus(FindingStatus.RESOLVED)
                    .setResolution("not-seen")
                    .build())
            .all());
    assertThat(explain("f-1").at("/item/id").asText()).isEqualTo("i-1");
    assertThat(explain("f-1").at("/events/0/type").asText()).isEqualTo("opened");
    assertThat(explain("i-1").at("/findings/0/status").asText()).isEqualTo("resolved");
  }

  @Test
  void aStormOfFiveThousandItemsIsFiveThousandRows() throws Exception {
    River river = new River();
    for (int i = 0; i < 5_000; i++) {
      String id = "i-" + i;
      river.add(Topics.ITEMS, i % 3, id, River.item(id, 1).build());
      river.add(Topics.ACTIONABLE, i % 3, id, River.event(id, 1, ActionEventType.OPENED));
    }
    Projection projection = projection();
    claim(projection, river.all());
    List<ConsumerRecord<byte[], byte[]>> all = river.all();
    for (int from = 0; from < all.size(); from += 500) {
      projection.apply(all.subList(from, from + 500));
    }
    assertThat(model.items(asking().status("open").build()).total()).isEqualTo(5_000);
    assertThat(rows("SELECT COUNT(*), COUNT(DISTINCT item_id) FROM events"))
        .containsExactly("5000|5000");
  }

  @Test
  void formerIdsRedirectAndShortOnesMustBeUnique() throws Exception {
    apply(River.ofADay().all());
    assertThat(explain("f-5").at("/finding/id").asText()).isEqualTo("f-8");
    assertThat(explain("f-5").path("redirectedFrom").asText()).isEqualTo("f-5");
    assertThat(explain("f-old").at("/finding/id").asText()).isEqualTo("f-4");
    apply(
        new River()
            .add(Topics.ITEMS, 5, "abcd1", River.item("abcd1", 1).build())
            .add(Topics.ITEMS, 5, "abcd2", River.item("abcd2", 1).build())
            .all());
    assertThat(explain("abcd").path("type").asText()).isEqualTo("ambiguous");
    assertThat(explain("abcd").path("candidates")).hasSize(2);
    assertThat(model.explain("nothing-like-it", ALL, null)).isEmpty();
    assertThat(model.explain("abcd1", List.of("elsewhere"), null)).isEmpty();
  }

  @Test
  void scansAreShownToThoseWhoMaySeeThem() throws Exception {
    apply(new River().add(Topics.SCANS, 0, "s-1", River.scan("s-1").build()).all());
    assertThat(model.scan("s-1", ALL).orElseThrow().path("outcome").asText()).isEqualTo("fail");
    assertThat(model.scan("s-1", List.of("elsewhere"))).isEmpty();
  }

  @Test
  void oldEventsAndDecisionsGoAndFindingsStay() throws Exception {
    apply(River.ofADay().all());
    database.prune(Samples.AT.plus(Duration.ofDays(3)));
    Map<String, List<String>> tables = dump();
    assertThat(tables.get("events")).isEmpty();
    assertThat(tables.get("decisions")).isEmpty();
    assertThat(tables.get("scans")).isEmpty();
    assertThat(tables.get("findings")).hasSize(11);
  }

  @Test
  void viewsAnswerWhatDashboardsAsk() throws Exception {
    apply(River.ofADay().all());
    assertThat(rows("SELECT severity, owner, items FROM open_by_severity_and_owner"))
        .containsExactly("critical|team-web|3");
    assertThat(rows("SELECT id FROM overdue ORDER BY id")).containsExactly("i-0", "i-1", "i-2");
    assertThat(rows("SELECT severity, items, CAST(mean_hours AS INT) FROM time_to_remediate"))
        .containsExactly("critical|1|36");
    assertThat(rows("SELECT SUM(findings) FROM findings_by_line WHERE line = '5.x'"))
        .containsExactly("10");
    assertThat(rows("SELECT asset, observations, ratio FROM duplicate_ratio"))
        .containsExactly(River.ASSET + "|10|0.5");
    assertThat(rows("SELECT scanner, scans, without_effect FROM scan_coverage"))
        .containsExactly("trivy|1|0");
    assertThat(rows("SELECT reason FROM withheld_by_reason")).isEmpty();
    apply(
        new River()
            .add(
                Topics.FINDINGS,
                7,
                "f-w",
                River.finding("f-w", 1)
                    .setStatus(FindingStatus.WITHHELD)
                    .setDecision(River.decision(false, "no-fix"))
                    .build())
            .all());
    assertThat(rows("SELECT reason, severity, findings, assets FROM withheld_by_reason"))
        .containsExactly("no-fix|critical|1|1");
  }

  @Test
  void countsWhatALeadAsksFor() throws Exception {
    apply(River.ofADay().all());
    apply(
        new River()
            .add(
                Topics.FINDINGS,
                7,
                "f-w",
                River.finding("f-w", 1)
                    .setStatus(FindingStatus.WITHHELD)
                    .setDecision(River.decision(false, "no-fix"))
                    .build())
            .all());
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    SecurityMetrics metrics = new SecurityMetrics(meters);

    Instant now = Samples.AT.plus(Duration.ofDays(60));
    count(metrics, now);

    assertThat(meters.get(SecurityMetrics.OPEN).tags("severity", "critical", "age", "quarter"))
        .extracting(search -> search.gauge().value())
        .isEqualTo(3.0);
    assertThat(meters.get(SecurityMetrics.OPEN).tags("severity", "high", "age", "week"))
        .extracting(search -> search.gauge().value())
        .isEqualTo(0.0);
    assertThat(meters.get(SecurityMetrics.OVERDUE).tag("severity", "critical").gauge().value())
        .isEqualTo(3);
    assertThat(meters.get(SecurityMetrics.REMEDIATION).tag("severity", "critical").gauge().value())
        .isEqualTo(36 * 3_600);
    assertThat(meters.get(SecurityMetrics.DUPLICATES).gauge().value()).isEqualTo(0.5);
    assertThat(meters.get(SecurityMetrics.WITHHELD).tag("reason", "no-fix").gauge().value())
        .isEqualTo(1);
    assertThat(meters.get(SecurityMetrics.COVERAGE).tag("state", "old").gauge().value())
        .isEqualTo(1);

    count(metrics, Samples.AT.plus(Duration.ofDays(400)));

    assertThat(meters.find(SecurityMetrics.REMEDIATION).gauges()).as("nothing of late").isEmpty();
    assertThat(
            meters
                .get(SecurityMetrics.OPEN)
                .tags("severity", "critical", "age", "older")
                .gauge()
                .value())
        .isEqualTo(3);
  }

  @Test
  void countsReasonsUpToALimit() throws Exception {
    River river = new River();
    for (int i = 0; i < SecurityMetrics.REASONS + 5; i++) {
      river.add(
          Topics.FINDINGS,
          0,
          "f-" + i,
          River.finding("f-" + i, 1)
              .setStatus(FindingStatus.WITHHELD)
              .setDecision(River.decision(false, "reason-" + i))
              .build());
    }
    apply(river.all());
    SimpleMeterRegistry meters = new SimpleMeterRegistry();

    count(new SecurityMetrics(meters), Samples.AT);

    assertThat(meters.find(SecurityMetrics.WITHHELD).gauges()).hasSize(SecurityMetrics.REASONS + 1);
    assertThat(meters.get(SecurityMetrics.WITHHELD).tag("reason", "other").gauge().value())
        .isEqualTo(5);
  }

  private void count(SecurityMetrics metrics, Instant now) throws Exception {
    database.read(
        connection -> {
          metrics.count(connection, now);
          return null;
        });
  }

  private List<String> rows(String sql) throws Exception {
    return database.read(
        connection -> {
          List<String> found = new ArrayList<>();
          try (Statement query = connection.createStatement();
              ResultSet rows = query.executeQuery(sql)) {
            while (rows.next()) {
              StringBuilder row = new StringBuilder();
              for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                Object value = rows.getObject(i);
                row.append(i == 1 ? "" : "|")
                    .append(value instanceof Double real ? String.valueOf(real) : value);
              }
              found.add(row.toString());
            }
          }
          return found;
        });
  }

  private JsonNode explain(String id) {
    return model.explain(id, ALL, null).orElseThrow();
  }

  private List<ObjectNode> findings() {
    return model.findings(Listing.all(ALL)).rows();
  }

  private List<String> ids(Asking asking) {
    return model.findings(asking.build()).rows().stream()
        .map(row -> row.path("id").asText())
        .toList();
  }

  private static Asking asking() {
    return new Asking();
  }

  final Database database() {
    return database;
  }

  final void apply(List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
    Projection projection = projection();
    claim(projection, records);
    projection.apply(records);
  }

  private static void claim(Projection projection, List<ConsumerRecord<byte[], byte[]>> records)
      throws Exception {
    Map<TopicPartition, Long> first =
        new TreeMap<>(java.util.Comparator.comparing(Object::toString));
    records.forEach(record -> first.putIfAbsent(River.partition(record), record.offset()));
    for (Map.Entry<TopicPartition, Long> each : first.entrySet()) {
      projection.claim(each.getKey(), each.getValue());
    }
  }

  private Projection projection() {
    return new Projection(
        database,
        Projector.feeds(River.SERDES, "", Realm.COMMON),
        (record, error, at) -> {
          buried.add(River.partition(record) + "@" + record.offset() + ": " + error);
          return CompletableFuture.completedFuture(null);
        },
        Clock.fixed(Samples.AT, ZoneOffset.UTC));
  }

  private void forgetPositions() throws Exception {
    database.transaction(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate("DELETE FROM positions");
          }
        });
  }

  /** Every row of every table as text, sorted. */
  private Map<String, List<String>> dump() throws Exception {
    Map<String, List<String>> tables = new TreeMap<>();
    for (String table : TABLES) {
      List<String> lines =
          database.read(
              connection -> {
                List<String> found = new ArrayList<>();
                try (Statement query = connection.createStatement();
                    ResultSet rows = query.executeQuery("SELECT * FROM " + table)) {
                  ResultSetMetaData columns = rows.getMetaData();
                  while (rows.next()) {
                    StringBuilder row = new StringBuilder();
                    for (int i = 1; i <= columns.getColumnCount(); i++) {
                      row.append(rows.getString(i)).append('|');
                    }
                    found.add(row.toString());
                  }
                }
                return found;
              });
      Collections.sort(lines);
      tables.put(table, lines);
    }
    return tables;
  }
}
