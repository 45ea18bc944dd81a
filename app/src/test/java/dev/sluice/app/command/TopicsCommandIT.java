package dev.sluice.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.embedded.OneMachine;
import dev.sluice.embedded.junit.SharedKafka;
import dev.sluice.registry.RegistryClient;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.topics.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Topics as code and schemas as code, on a real broker and registry. */
@ExtendWith(SharedKafka.class)
class TopicsCommandIT {
  @TempDir private Path directory;

  private OneMachine kafka;
  private Admin admin;
  private String prefix;

  @BeforeEach
  void connect(OneMachine machine) {
    kafka = machine;
    prefix = SharedKafka.unique("topics") + ".";
    admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  @AfterEach
  void close() {
    admin.close();
  }

  private Run run(String... arguments) {
    return runOn(2, arguments);
  }

  private Run runOn(int partitions, String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(
        List.of(
            "--set", "kafka.bootstrap-servers=" + kafka.bootstrapServers(),
            "--set", "kafka.prefix=" + prefix,
            "--set", "kafka.partitions=" + partitions,
            "--set", "kafka.replication=1",
            "--set", "registry.url=" + kafka.registryUrl(),
            "--set", "data-dir=" + directory.resolve("data")));
    return Run.of(line.toArray(String[]::new));
  }

  private void set(String topic, String name, String value) throws Exception {
    admin
        .incrementalAlterConfigs(
            Map.of(
                resource(topic),
                List.of(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET))))
        .all()
        .get();
  }

  private String setting(String topic, String name) throws Exception {
    ConfigResource resource = resource(topic);
    return admin.describeConfigs(Set.of(resource)).all().get().get(resource).get(name).value();
  }

  private ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, prefix + topic);
  }

  @Test
  void plansCreatesAndThenHasNothingToDo() {
    Run plan = run("topics", "plan");
    Run first = run("topics", "apply");
    Run second = run("topics", "plan");

    assertThat(plan.out()).contains(prefix + "findings.v1", "creates it", "2 partitions");
    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(first.out())
        .contains("created " + prefix + "findings.v1")
        .contains("created " + prefix + "embargoed.findings.v1");
    assertThat(second.out()).isEqualTo("all topics are as they are declared\n");
    assertThat(run("topics", "check").exit()).isZero();
  }

  @Test
  void mendsWhatIsSafeAndRefusesWhatLosesDataUnlessItIsNamed() throws Exception {
    run("topics", "apply", "--realm", "common");
    set("findings.v1", "segment.ms", "604800000");
    set("findings.observed.v1", "retention.ms", "-1");
    set("scans.v1", "compression.type", "zstd");

    Run check = run("topics", "check", "--realm", "common");
    JsonNode plan =
        new ObjectMapper().readTree(run("topics", "plan", "--realm", "common", "--json").out());
    Run apply = run("topics", "apply", "--realm", "common");

    assertThat(check.exit()).isEqualTo(1);
    assertThat(plan.findValuesAsText("effect")).containsExactly("LOSES_DATA", "SAFE");
    assertThat(apply.exit()).isEqualTo(1);
    assertThat(apply.out()).contains("changed " + prefix + "findings.v1/segment.ms");
    assertThat(apply.err())
        .contains("--accept-loss " + prefix + "findings.observed.v1/retention.ms");
    assertThat(setting("findings.v1", "segment.ms")).isEqualTo("86400000");
    assertThat(setting("findings.observed.v1", "retention.ms")).isEqualTo("-1");

    Run named =
        run(
            "topics",
            "apply",
            "--realm",
            "common",
            "--accept-loss",
            prefix + "findings.observed.v1/retention.ms");

    assertThat(named.exit()).as(named.err()).isZero();
    assertThat(setting("findings.observed.v1", "retention.ms")).isEqualTo("2592000000");
    assertThat(setting("scans.v1", "compression.type")).isEqualTo("zstd");
  }

  @Test
  void aLossThatNobodyPlannedCannotBeAccepted() {
    run("topics", "apply", "--realm", "common");

    Run run = run("topics", "apply", "--realm", "common", "--accept-loss", "findings.v1/retention");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("sluice topics plan");
  }

  @Test
  void neverTouchesTheNumberOfPartitions() throws Exception {
    admin.createTopics(List.of(new NewTopic(prefix + "findings.v1", 4, (short) 1))).all().get();

    assertThat(run("topics", "plan").out()).contains("partitions", "fixed");
    Run apply = run("topics", "apply");
    assertThat(apply.exit()).isEqualTo(2);
    assertThat(apply.err()).contains(prefix + "findings.v1 has 4 and must have 2");
    assertThat(admin.listTopics().names().get()).doesNotContain(prefix + "items.v1");
  }

  @Test
  void servicesRefuseToStartOnOtherPartitions() throws Exception {
    run("topics", "apply");

    Run streams = runOn(3, "streams");

    assertThat(streams.exit()).isEqualTo(2);
    assertThat(streams.err()).contains("has 2 and must have 3");
  }

  @Test
  void registersSchemasOnlyIfTheRegistryTakesAllOfThem() throws Exception {
    Run before = run("schemas", "check", "--realm", "common", "--json");
    Run register = run("schemas", "register", "--realm", "common");
    Run after = run("schemas", "check", "--realm", "common", "--json");

    assertThat(before.exit()).as(before.err()).isZero();
    assertThat(new ObjectMapper().readTree(before.out()).findValuesAsText("standing"))
        .containsOnly("MISSING");
    assertThat(register.exit()).as(register.err()).isZero();
    assertThat(new ObjectMapper().readTree(after.out()).findValuesAsText("standing"))
        .hasSize(Topics.all().size())
        .containsOnly("REGISTERED");
  }

  @Test
  void aSchemaThatTheRegistryWouldRefuseStopsAll() {
    RegistryClient registry =
        AvroSerdes.of(new RegistrySettings(kafka.registryUrl().toString(), Map.of())).registry();
    registry.register(
        prefix + "items.v1-value",
        SchemaBuilder.record("dev.sluice.events.ActionItem")
            .fields()
            .requiredInt("id")
            .endRecord());

    Run check = run("schemas", "check", "--realm", "common");
    Run register = run("schemas", "register", "--realm", "common");

    assertThat(check.exit()).isEqualTo(1);
    assertThat(check.out()).contains(prefix + "items.v1-value", "incompatible");
    assertThat(register.exit()).isEqualTo(1);
    assertThat(registry.subjects()).doesNotContain(prefix + "findings.v1-value");
  }
}
