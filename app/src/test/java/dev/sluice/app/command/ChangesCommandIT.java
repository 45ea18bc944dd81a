package dev.sluice.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.app.service.TopicSetup;
import dev.sluice.embedded.OneMachine;
import dev.sluice.embedded.junit.SharedKafka;
import dev.sluice.events.Finding;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FindingStatus;
import dev.sluice.events.LineState;
import dev.sluice.events.Severity;
import dev.sluice.events.Support;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Four eyes, from loading to confirming, on a real broker. */
@ExtendWith(SharedKafka.class)
class ChangesCommandIT {
  private static final String PAY = "registry.example/acme/pay";
  private static final String SUPPORTED =
      "| Version | Supported |\n|---|---|\n| 5.x | yes |\n| < 5 | no |\n";
  private static final String ENDED = SUPPORTED.replace("5.x | yes", "5.x | no");
  private static final String QUIET =
      """
      name: quiet
      rules:
        - name: nothing
          when: "true"
          then: withhold
          reason: quiet
          explain: "Nobody looks at {vulnerability}."
      """;

  @TempDir private Path directory;

  private OneMachine kafka;
  private String prefix;

  @BeforeEach
  void createTopics(OneMachine machine) throws IOException {
    kafka = machine;
    prefix = SharedKafka.unique("changes") + ".";
    TopicSetup.create(
        new KafkaSettings(kafka.bootstrapServers(), prefix, 2, 1, Map.of()), List.of(Realm.COMMON));
    assertThat(load(SUPPORTED).exit()).as("nothing is open: nothing is held").isZero();
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

  private Run load(String matrix) throws IOException {
    return run("matrix", "load", file("SECURITY.md", matrix), "--product", PAY, "--by", "ann");
  }

  /** Items of one finding each that are open. */
  private void open(int from, int to) {
    AvroSerdes serdes =
        AvroSerdes.of(new RegistrySettings(kafka.registryUrl().toString(), Map.of()));
    Map<String, Object> properties =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    try (KafkaProducer<String, Finding> producer =
        new KafkaProducer<>(
            properties, new StringSerializer(), serdes.forTopic(Topics.FINDINGS).serializer())) {
      for (int i = from; i <= to; i++) {
        producer.send(new ProducerRecord<>(prefix + Topics.FINDINGS.name(), "f-" + i, finding(i)));
      }
      producer.flush();
    }
  }

  private static Finding finding(int number) {
    return Finding.newBuilder()
        .setId("f-" + number)
        .setAsset(PAY)
        .setKind(FindingKind.VULNERABLE_PACKAGE)
        .setVulnerability("CVE-2026-%04d".formatted(number))
        .setPackage$("pkg:npm/left" + number)
        .setPackageName("left" + number)
        .setSeverity(Severity.HIGH)
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
        .setScanners(List.of("trivy"))
        .setStatus(FindingStatus.OPEN)
        .setItem("i-" + number)
        .build();
  }

  private JsonNode changes(String... options) throws IOException {
    List<String> line = new ArrayList<>(List.of("changes", "list", "--json"));
    line.addAll(List.of(options));
    return new ObjectMapper().readTree(run(line.toArray(String[]::new)).out());
  }

  private String waiting() throws IOException {
    JsonNode changes = changes();
    assertThat(changes).hasSize(1);
    return changes.get(0).path("id").asText();
  }

  private Run confirm(String id, String by) {
    return run("changes", "confirm", id, "--by", by, "--reason", "agreed");
  }

  private String matrixThatHolds() {
    return run("matrix", "show", "--product", PAY).out();
  }

  @Test
  void aChangeThatWithholdsMuchWaitsForAnotherPerson() throws IOException {
    open(1, 11);

    Run held = load(ENDED);
    Run again = load(ENDED);
    String id = waiting();
    Run shown = run("changes", "show", id);
    Run own = confirm(id, " Ann ");

    assertThat(held.exit()).as(held.err()).isEqualTo(1);
    assertThat(held.out()).contains("11 of 11 open items", "sluice changes confirm " + id);
    assertThat(again.exit()).isEqualTo(1);
    assertThat(matrixThatHolds()).contains("5.x       supported");
    assertThat(shown.out())
        .contains("- 5.x: supported", "+ 5.x: unsupported", "by ann", "i-1 ", "i-11 ")
        .contains("left3: CVE-2026-0003", "unsupported-line");
    assertThat(own.exit()).isEqualTo(2);
    assertThat(own.err()).contains("another person");

    Run confirmed = confirm(id, "bob");

    assertThat(confirmed.exit()).as(confirmed.err()).isZero();
    assertThat(matrixThatHolds()).contains("5.x       unsupported", "by ann, confirmed by bob");
    assertThat(confirm(id, "cid").err()).contains("was confirmed by bob");
    assertThat(changes()).isEmpty();
    assertThat(run("changes", "show", id).out()).contains("confirmed", "by bob", "agreed");
  }

  @Test
  void tenItemsAreWithheldByOnePerson() throws IOException {
    open(1, 10);

    Run loaded = load(ENDED);

    assertThat(loaded.exit()).as(loaded.err()).isZero();
    assertThat(loaded.out()).contains("10 open items are withheld by it");
    assertThat(changes("--all")).isEmpty();
  }

  @Test
  void aLaterChangeTakesThePlaceOfTheOneThatWaits() throws IOException {
    open(1, 12);
    load(ENDED);
    String first = waiting();
    load(ENDED + "| 6.x | yes |\n");
    String second = waiting();

    Run former = confirm(first, "bob");

    assertThat(second).isNotEqualTo(first);
    assertThat(former.exit()).isEqualTo(2);
    assertThat(former.err()).contains("was replaced by ann", "see " + second);

    assertThat(load(SUPPORTED).exit()).as("back to what holds").isZero();

    assertThat(changes()).isEmpty();
    assertThat(confirm(second, "bob").err()).contains("was replaced");
  }

  @Test
  void aRejectedPolicyIsNotAppliedAndMayBeProposedAnew() throws IOException {
    open(1, 15);
    String policy = file("policy.yaml", QUIET);

    Run held = run("policy", "apply", policy, "--by", "ann", "--reason", "less noise");
    String id = waiting();
    Run shown = run("changes", "show", id);
    Run nameless = run("changes", "reject", id, "--by", "bob");
    Run rejected = run("changes", "reject", id, "--by", "bob", "--reason", "too quiet");

    assertThat(held.exit()).as(held.err()).isEqualTo(1);
    assertThat(shown.out())
        .contains("less noise", "+ name: quiet", "Nobody looks at CVE-2026-0001.");
    assertThat(nameless.err()).contains("--reason");
    assertThat(rejected.exit()).isZero();
    assertThat(run("policy", "show").out()).doesNotContain("quiet");
    assertThat(run("policy", "apply", policy).exit()).isEqualTo(1);
    assertThat(waiting()).isNotEqualTo(id);
  }

  @Test
  void whatWouldWithholdMoreThanWasShownHasToBeLookedAtAgain() throws IOException {
    open(1, 11);
    run("policy", "apply", file("policy.yaml", QUIET), "--by", "ann");
    String id = waiting();
    open(12, 14);

    Run grown = confirm(id, "bob");

    assertThat(grown.exit()).isEqualTo(1);
    assertThat(grown.err()).contains("14 open items by now", "11 when");
    assertThat(run("changes", "show", id).out()).contains("14 of 14", "left14");
    assertThat(confirm(id, "bob").exit()).isZero();
    assertThat(run("policy", "show").out()).isEqualTo(QUIET);
  }

  @Test
  void statementsAndAcceptancesWaitAsWell() throws IOException {
    open(1, 12);
    List<String> statements = new ArrayList<>();
    List<String> accept = new ArrayList<>(List.of("accept"));
    for (int i = 1; i <= 12; i++) {
      statements.add(
          "{\"vulnerability\":\"CVE-2026-%04d\",\"products\":[\"pkg:npm/left%d\"],\"status\":\"not_affected\"}"
              .formatted(i, i));
      accept.add("f-" + i);
    }
    String document =
        "{\"@context\":\"https://openvex.dev/ns\",\"author\":\"acme\",\"statements\":["
            + String.join(",", statements)
            + "]}";
    accept.addAll(List.of("--false-positive", "trivy", "--by", "ann", "--reason", "not ours"));

    Run loaded = run("vex", "load", file("a.json", document), "--by", "ann");
    String id = waiting();
    Run accepted = run(accept.toArray(String[]::new));

    assertThat(loaded.exit()).as(loaded.err()).isEqualTo(1);
    assertThat(accepted.exit()).as(accepted.err()).isEqualTo(1);
    assertThat(changes()).hasSize(2);
    assertThat(run("suppressions", "list").out()).contains("nothing is suppressed");
    assertThat(run("changes", "show", id).out())
        .contains("+ CVE-2026-0012", "not-affected for pkg:npm/left12");

    assertThat(confirm(id, "bob").exit()).isZero();

    assertThat(run("suppressions", "list").out()).contains("CVE-2026-0012");
  }

  @Test
  void anUnknownChangeIsAnErrorThatSaysWhereToLook() {
    Run run = confirm("c-none", "bob");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("no change c-none", "sluice changes list");
  }
}
