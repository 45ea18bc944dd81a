package dev.sluice.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.app.service.TopicSetup;
import dev.sluice.app.topic.TopicTable;
import dev.sluice.embedded.OneMachine;
import dev.sluice.embedded.junit.SharedKafka;
import dev.sluice.events.Finding;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FindingStatus;
import dev.sluice.events.KnowledgeRevision;
import dev.sluice.events.LineState;
import dev.sluice.events.Severity;
import dev.sluice.events.Support;
import dev.sluice.events.VulnerabilityIntel;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.streams.rules.suppression.VexFormats;
import dev.sluice.topics.Topic;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands that load reference data and show it, on a real broker. */
@ExtendWith(SharedKafka.class)
class KnowledgeCommandsIT {
  @TempDir private Path directory;

  private OneMachine kafka;
  private String prefix;

  @BeforeEach
  void createTopics(OneMachine machine) {
    kafka = machine;
    prefix = SharedKafka.unique("knowledge") + ".";
    TopicSetup.create(
        new KafkaSettings(kafka.bootstrapServers(), prefix, 2, 1, Map.of()), List.of(Realm.COMMON));
  }

  private Run run(String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(
        List.of(
            "--set", "kafka.bootstrap-servers=" + kafka.bootstrapServers(),
            "--set", "kafka.prefix=" + prefix,
            "--set", "kafka.partitions=2",
            "--set", "kafka.replication=1",
            "--set", "registry.url=" + kafka.registryUrl(),
            "--set", "data-dir=" + directory.resolve("data")));
    return Run.of(line.toArray(String[]::new));
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  @Test
  void loadsAMatrixAndShowsItWithItsLines() throws IOException {
    String file =
        file("SECURITY.md", "| Version | Supported |\n|---|---|\n| 5.x | yes |\n| < 5 | no |\n");

    Run loaded = run("matrix", "load", file, "--product", "acme/pay");
    Run shown = run("matrix", "show", "--product", "acme/pay");
    JsonNode rows = new ObjectMapper().readTree(run("matrix", "show", "--json").out());

    assertThat(loaded.exit()).as(loaded.err()).isZero();
    assertThat(shown.out()).contains("acme/pay (from SECURITY.md", "5.x", "< 5", "unsupported");
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).path("product").asText()).isEqualTo("acme/pay");
    assertThat(rows.get(1).path("sourceLine").asInt()).isEqualTo(4);
  }

  @Test
  void aMatrixOfWhichNothingIsSureIsNotLoaded() throws IOException {
    String file = file("SECURITY.md", "Only the latest release is supported.\n");

    Run loaded = run("matrix", "load", file, "--product", "acme/pay");

    assertThat(loaded.exit()).isEqualTo(3);
    assertThat(loaded.err()).contains("nothing was loaded");
    assertThat(run("matrix", "show").out()).contains("no matrix was loaded");
  }

  @Test
  void aFeedWritesOnlyWhatHasChangedAndTakesAwayWhatWasDelisted() throws IOException {
    Run first = run("feeds", "load", file("kev.json", kev(1, 20)));
    Run again = run("feeds", "load", file("kev.json", kev(1, 20)));
    Run later = run("feeds", "load", file("kev.json", kev(3, 21)));

    assertThat(first.out())
        .as(first.err())
        .contains("cisa-kev: 20 entries, 20 new, 0 changed, 0 gone");
    assertThat(again.out()).contains("cisa-kev: 20 entries, nothing new");
    assertThat(later.out()).contains("cisa-kev: 19 entries, 1 new, 0 changed, 2 gone");
    assertThat(run("feeds", "list").out()).contains("cisa-kev");
  }

  @Test
  void aFeedThatLostAFifthIsRefusedUnlessItIsBelieved() throws IOException {
    run("feeds", "load", file("kev.json", kev(1, 40)));

    Run refused = run("feeds", "load", file("kev.json", kev(1, 30)));
    Run empty = run("feeds", "load", file("kev.json", "{\"cveID\":0,\"vulnerabilities\":[]}"));
    Run broken = run("feeds", "load", file("kev.json", kev(1, 40).replace("2026-09-15", "soon")));
    Run believed = run("feeds", "load", file("kev.json", kev(1, 30)), "--believe-loss");

    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.err()).contains("lost 10 of its 40 entries", "--believe-loss");
    assertThat(empty.err()).contains("lists nothing");
    assertThat(broken.err()).contains("kev.json", "line 1", "is no date");
    assertThat(believed.out()).contains("30 entries, 0 new, 0 changed, 10 gone");
  }

  @Test
  void aLoadThatBrokeOffIsAnnouncedInFullByTheNextOne() throws IOException {
    run("feeds", "load", file("kev.json", kev(1, 20)));
    assertThat(announced().getEverything()).isFalse();
    assertThat(announced().getChanged()).hasSize(20);
    VulnerabilityIntel mark =
        VulnerabilityIntel.newBuilder().setSource("loading").setVulnerability("cisa-kev").build();
    send(Topics.INTEL, "loading:cisa-kev", mark);

    Run after = run("feeds", "load", file("kev.json", kev(1, 20)));

    assertThat(after.out()).contains("nothing new");
    assertThat(announced().getEverything()).isTrue();
    run("feeds", "load", file("kev.json", kev(1, 20)));
    assertThat(announced().getEverything()).isFalse();
  }

  /** What partitions were told last of the list of exploited vulnerabilities. */
  private KnowledgeRevision announced() {
    KafkaSettings settings = new KafkaSettings(kafka.bootstrapServers(), prefix, 2, 1, Map.of());
    try (TopicTable<KnowledgeRevision> table =
        TopicTable.open(settings, serdes(), Realm.COMMON, Topics.KNOWLEDGE)) {
      return table.refresh().get("INTEL:cisa-kev");
    }
  }

  private AvroSerdes serdes() {
    return AvroSerdes.of(new RegistrySettings(kafka.registryUrl().toString(), Map.of()));
  }

  private <V extends SpecificRecord> void send(Topic<V> topic, String key, V value) {
    Map<String, Object> properties =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    try (KafkaProducer<String, V> producer =
        new KafkaProducer<>(
            properties, new StringSerializer(), serdes().forTopic(topic).serializer())) {
      producer.send(new ProducerRecord<>(prefix + topic.name(), key, value));
      producer.flush();
    }
  }

  private static String kev(int from, int to) {
    List<String> entries = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      entries.add(
          "{\"cveID\":\"CVE-2026-%04d\",\"dateAdded\":\"2026-08-25\",\"dueDate\":\"2026-09-15\"}"
              .formatted(i));
    }
    return "{\"vulnerabilities\":[" + String.join(",", entries) + "]}";
  }

  @Test
  void appliesAssetsAndWritesOnlyWhatHasChanged() throws IOException {
    String file =
        file(
            "assets.yaml",
            """
            assets:
              - asset: https://github.com/Acme/Ledger.git
                owner: team-ledger
                role: released
                retired-scanners: [clair]
                expected: [{scanner: trivy, every: 7d}]
              - asset: nginx:1.19
                role: consumed
                exposure: internet
                gate: enforce
            """);

    Run first = run("assets", "apply", file);
    Run again = run("assets", "apply", file);
    Run shown = run("assets", "show", "--asset", "github.com/acme/ledger");

    assertThat(first.out()).as(first.err()).contains("2 of 2 assets changed");
    assertThat(again.out()).contains("0 of 2 assets changed");
    assertThat(shown.out()).contains("github.com/acme/ledger", "team-ledger", "trivy every 168h");
    assertThat(run("assets", "show").out()).contains("docker.io/library/nginx", "enforce");
  }

  @Test
  void aWrongAssetKeepsNothing() throws IOException {
    String file =
        file("assets.yaml", "assets:\n  - asset: acme/pay\n  - asset: acme/box\n    owners: x\n");

    Run applied = run("assets", "apply", file);

    assertThat(applied.exit()).isEqualTo(3);
    assertThat(applied.err()).contains("assets.yaml", "line 4", "\"owner\"");
    assertThat(run("assets", "show").out()).contains("nothing was said");
  }

  @Test
  void appliesAPolicyThatHoldsItsTestsAndNoOther() throws IOException {
    String document = run("policy", "show").out();
    String good = file("policy.yaml", document.replace("name: default", "name: ours"));
    String bad = file("bad.yaml", document.replace("when:", "wenn:"));

    assertThat(run("policy", "apply", bad).exit()).isEqualTo(3);
    Run applied = run("policy", "apply", good);

    assertThat(applied.exit()).as(applied.err()).isZero();
    assertThat(run("policy", "show").out()).isEqualTo(Files.readString(Path.of(good)));
  }

  @Test
  void loadsVexDocumentsAndTakesAwayWhatTheyStateNoLonger() throws IOException {
    String statement =
        "{\"vulnerability\":\"CVE-2026-000%d\",\"products\":[\"pkg:npm/left\"],\"status\":\"not_affected\"}";
    String document =
        "{\"@context\":\"https://openvex.dev/ns\",\"author\":\"acme\",\"statements\":[%s]}";
    String both = statement.formatted(1) + "," + statement.formatted(2);

    Run first = run("vex", "load", file("a.json", document.formatted(both)));
    Run again = run("vex", "load", file("a.json", document.formatted(both)));
    Run later = run("vex", "load", file("a.json", document.formatted(statement.formatted(1))));
    JsonNode listed = new ObjectMapper().readTree(run("suppressions", "list", "--json").out());

    assertThat(first.out()).as(first.err()).contains("2 statements, 2 new or changed, 0 gone");
    assertThat(again.out()).contains("2 statements, 0 new or changed, 0 gone");
    assertThat(later.out()).contains("1 statements, 0 new or changed, 1 gone");
    assertThat(listed).hasSize(1);
    assertThat(listed.get(0).path("status").asText()).isEqualTo("not-affected");
    Run removed = run("suppressions", "remove", listed.get(0).path("id").asText());
    assertThat(removed.exit()).as(removed.err()).isZero();
    assertThat(run("suppressions", "list").out()).contains("nothing is suppressed");
  }

  @Test
  void acceptsWhatMayBeAcceptedAndExportsWhatWasDecided() throws IOException {
    find("fnd-1", false);
    find("fnd-2", true);
    String until = LocalDate.now(ZoneOffset.UTC).plusDays(30).toString();

    Run accepted = accept("fnd-1", "--until", until);
    Run exploited = accept("fnd-2", "--until", until);
    Run nobody = accept("fnd-3", "--until", until);
    Run forEver = accept("fnd-1", "--until", "2099-01-01");
    Run open = accept("fnd-1");
    Run claim = accept("fnd-1", "--false-positive", "grype");
    Run listed = run("suppressions", "list", "--about", "fnd-1");
    Run exported = run("vex", "export", "--asset", "registry.example/acme/pay", "--author", "acme");

    assertThat(accepted.exit()).as(accepted.err()).isZero();
    assertThat(exploited.err()).contains("fnd-2", "known to be exploited", "nothing was kept");
    assertThat(nobody.err()).contains("no finding fnd-3");
    assertThat(forEver.err()).contains("--until");
    assertThat(open.err()).contains("--until");
    assertThat(claim.err()).contains("trivy and not by grype");
    assertThat(listed.out()).contains("accepted-risk", "fnd-1", "behind a firewall");
    JsonNode statements = new ObjectMapper().readTree(exported.out()).path("statements");
    assertThat(statements).hasSize(2);
    assertThat(statements.get(0).at("/products/0/@id").asText())
        .isEqualTo("registry.example/acme/pay:5.2.1");
    assertThat(VexFormats.read("ours.json", exported.out())).isNotEmpty();
  }

  @Test
  void takesOverWhatTrivyIgnoresAndNamesWhatItCannot() throws IOException {
    find("fnd-1", false);
    String file = file(".trivyignore", "# not reachable\nCVE-2026-0001\nCVE-9\nCVE-2026-0009\n");

    Run first = ignore(file);
    Run again = ignore(file);
    Run listed = run("suppressions", "list", "--about", "CVE-2026-0001");
    Run later = ignore(file(".trivyignore", "CVE-2026-0009\n"));
    Run nothing = ignore(file("none.yaml", "secrets:\n  - id: github-pat\n"));

    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(first.out()).contains("2 risks of registry.example/acme/pay", "2 new or changed");
    assertThat(first.err())
        .contains("line 3: \"CVE-9\" is no id", "line 4: CVE-2026-0009: nothing");
    assertThat(again.out()).contains("0 new or changed, 0 gone");
    assertThat(listed.out()).contains("accepted-risk", "acme/pay", "ann", "not reachable");
    assertThat(later.out()).contains("1 gone");
    assertThat(nothing.exit()).isEqualTo(3);
    assertThat(nothing.err()).contains("line 2: github-pat", "nothing was changed");
  }

  private Run ignore(String file) {
    return run(
        "suppressions", "import", file, "--asset", "registry.example/acme/pay", "--by", "ann");
  }

  private Run accept(String finding, String... more) {
    List<String> line = new ArrayList<>(List.of("accept", finding, "--by", "ann"));
    line.addAll(List.of("--reason", "behind a firewall"));
    line.addAll(List.of(more));
    return run(line.toArray(String[]::new));
  }

  private void find(String id, boolean exploited) {
    Finding finding =
        Finding.newBuilder()
            .setId(id)
            .setAsset("registry.example/acme/pay")
            .setKind(FindingKind.VULNERABLE_PACKAGE)
            .setVulnerability("CVE-2026-0001")
            .setPackage$("pkg:npm/left")
            .setPackageName("left")
            .setTitle("left can be right")
            .setSeverity(Severity.HIGH)
            .setSeveritySource("nvd")
            .setSeverityReason("")
            .setKnownExploited(exploited)
            .setLines(
                List.of(
                    LineState.newBuilder()
                        .setLine("5.x")
                        .setHeadVersion("5.2.1")
                        .setSupport(Support.SUPPORTED)
                        .setPresent(true)
                        .setInstalledVersions(List.of("1.0.0"))
                        .setFixedVersion("1.0.1")
                        .build()))
            .setOccurrenceCount(1)
            .setScanners(List.of("trivy"))
            .setStatus(FindingStatus.OPEN)
            .setRevision(1)
            .setContentHash("")
            .setEpisode(1)
            .setIdentityVersion(1)
            .setGeneration(1)
            .build();
    send(Topics.FINDINGS, id, finding);
  }

  @Test
  void saysWhichKafkaCannotBeReached() throws IOException {
    Run run = Run.of("feeds", "list", "--set", "kafka.bootstrap-servers=nowhere.invalid:9092");

    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.err()).contains("nowhere.invalid:9092").doesNotContain("\tat ");
  }
}
