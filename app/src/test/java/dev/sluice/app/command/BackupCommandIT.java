package dev.sluice.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.app.Console;
import dev.sluice.app.service.GatewayService;
import dev.sluice.app.service.SinksService;
import dev.sluice.app.service.StreamsService;
import dev.sluice.app.service.TopicSetup;
import dev.sluice.app.settings.SettingsLoader;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.app.topic.TopicTable;
import dev.sluice.embedded.OneMachine;
import dev.sluice.embedded.junit.SharedKafka;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Finding;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does with everything stopped, and how the installation goes on afterwards. */
@ExtendWith(SharedKafka.class)
class BackupCommandIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path directory;

  private OneMachine machine;

  @BeforeEach
  void connect(OneMachine machine) {
    this.machine = machine;
  }

  private List<String> flags(String prefix) {
    return List.of(
        "kafka.bootstrap-servers=" + machine.bootstrapServers(),
        "kafka.prefix=" + prefix,
        "kafka.partitions=2",
        "kafka.replication=1",
        "registry.url=" + machine.registryUrl(),
        "streams.embargoed=false",
        "streams.threads=1",
        "sinks.lines.type=jsonlines",
        "sinks.lines.jsonlines.path=" + directory.resolve("items.jsonl"),
        "data-dir=" + directory.resolve("data"));
  }

  private Run run(String prefix, String... arguments) {
    List<String> line = new ArrayList<>(Arrays.asList(arguments));
    flags(prefix).forEach(flag -> line.addAll(List.of("--set", flag)));
    return Run.of(line.toArray(String[]::new));
  }

  private SluiceSettings settings(String prefix, int generation) throws Exception {
    SettingsLoader loader = new SettingsLoader(Map.of(), directory);
    for (String flag : flags(prefix)) {
      loader.flag(
          flag.substring(0, flag.indexOf('=')), flag.substring(flag.indexOf('=') + 1), "test");
    }
    return loader
        .flag("gateway.port", "0", "test")
        .flag("gateway.spool-directory", directory.resolve("spool").toString(), "test")
        .flag("publisher.redaction-key", "a key that is only for tests", "test")
        .flag("streams.generation", Integer.toString(generation), "test")
        .flag("streams.state-dir", directory.resolve(prefix + generation).toString(), "test")
        .load();
  }

  /**
   * Runs everything, publishes a report, and stops everything again; the line that publish says.
   */
  private String live(String prefix, int generation) throws Exception {
    SluiceSettings settings = settings(prefix, generation);
    AvroSerdes serdes = AvroSerdes.of(settings.registry());
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Console silent = new Console(InputStream.nullInputStream(), nowhere, nowhere);
    try (StreamsService streams = StreamsService.start(settings, serdes, Realm.COMMON, metrics);
        SinksService sinks = SinksService.start(settings, serdes, silent, metrics);
        GatewayService gateway = GatewayService.start(settings, serdes, metrics)) {
      await().atMost(PATIENCE).until(streams::isReady);
      Path report = Path.of(System.getProperty("sluice.root"), "samples", "trivy-pay-5.2.1.json");
      Run published =
          Run.of(
              "publish",
              report.toString(),
              "--server",
              gateway.uri().toString(),
              "--asset",
              "registry.example/acme/pay",
              "--version",
              "5.2.1",
              "--wait");
      assertThat(published.exit()).as(published.err()).isLessThanOrEqualTo(1);
      await().atMost(PATIENCE).until(() -> Files.exists(directory.resolve("items.jsonl")));
      assertThat(sinks.awaitIdle(PATIENCE)).isTrue();
      return published.out();
    }
  }

  private Map<String, Object> state(String prefix) throws Exception {
    SluiceSettings settings = settings(prefix, 1);
    AvroSerdes serdes = AvroSerdes.of(settings.registry());
    Map<String, Object> state = new TreeMap<>();
    try (TopicTable<Finding> findings =
            TopicTable.open(settings.kafka(), serdes, Realm.COMMON, Topics.FINDINGS);
        TopicTable<ActionItem> items =
            TopicTable.open(settings.kafka(), serdes, Realm.COMMON, Topics.ITEMS)) {
      findings.refresh().values().forEach(each -> state.put(each.getId(), each));
      items.refresh().values().forEach(each -> state.put(each.getId(), each));
    }
    return state;
  }

  @Test
  void aRestoredInstallationKnowsWhatItKnewAndSendsNothingTwice() throws Exception {
    String prefix = SharedKafka.unique("backup") + ".";
    String other = SharedKafka.unique("restored") + ".";
    TopicSetup.create(settings(prefix, 1).kafka(), List.of(Realm.COMMON));
    live(prefix, 1);
    Map<String, Object> before = state(prefix);
    List<String> sent = Files.readAllLines(directory.resolve("items.jsonl"));
    Path file = directory.resolve("backup.zip");

    Run backup = run(prefix, "backup", file.toString());
    Run restore = run(other, "restore", file.toString());
    Run twice = run(other, "restore", file.toString());

    assertThat(backup.exit()).as(backup.err()).isZero();
    assertThat(restore.exit()).as(restore.err()).isZero();
    assertThat(twice.exit()).isEqualTo(2);
    assertThat(twice.err()).contains(other + "findings.v1", "nothing is yet");
    assertThat(state(other)).isNotEmpty().isEqualTo(before);

    live(other, 1);

    assertThat(state(other)).isEqualTo(before);
    assertThat(Files.readAllLines(directory.resolve("items.jsonl"))).isEqualTo(sent);
    assertThat(run(other, "status").out())
        .contains("generation 1", "needs you", "sluice-sink-lines has no member");
  }

  @Test
  void aBackupIsRefusedWhileTheTopologyRunsAndADamagedOneIsSeen() throws Exception {
    String prefix = SharedKafka.unique("backup") + ".";
    TopicSetup.create(settings(prefix, 1).kafka(), List.of(Realm.COMMON));
    Path file = directory.resolve("backup.zip");
    SluiceSettings settings = settings(prefix, 1);
    try (StreamsService streams =
        StreamsService.start(
            settings,
            AvroSerdes.of(settings.registry()),
            Realm.COMMON,
            new SimpleMeterRegistry())) {
      await().atMost(PATIENCE).until(streams::isReady);
      Run running = run(prefix, "backup", file.toString());
      assertThat(running.exit()).isEqualTo(2);
      assertThat(running.err()).contains("sluice-streams-g1", "stop");
      assertThat(file).doesNotExist();
    }
    assertThat(run(prefix, "backup", file.toString()).exit()).isZero();
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 4] ^= 1;
    Files.write(file, bytes);

    Run restore = run(SharedKafka.unique("none") + ".", "restore", file.toString());

    assertThat(restore.exit()).isIn(2, 3);
    assertThat(restore.err()).doesNotContain("defect");
  }

  @Test
  void aNewGenerationIsPlannedAppliedAndLived() throws Exception {
    String prefix = SharedKafka.unique("rebuild") + ".";
    TopicSetup.create(settings(prefix, 1).kafka(), List.of(Realm.COMMON));
    assertThat(run(prefix, "rebuild", "--plan").out()).contains("nothing to carry over");
    live(prefix, 1);
    Map<String, Object> before = state(prefix);

    Run plan = run(prefix, "rebuild", "--plan");
    Run apply = run(prefix, "rebuild", "--apply");

    assertThat(plan.exit()).as(plan.err()).isZero();
    assertThat(plan.out()).contains("sluice-streams-g2-facts-changelog", "bytes");
    assertThat(apply.exit()).as(apply.err()).isZero();
    assertThat(apply.out()).contains("streams.generation=2");
    live(prefix, 2);
    assertThat(state(prefix)).isEqualTo(before);
    JsonNode status = new ObjectMapper().readTree(run(prefix, "status", "--json").out());
    assertThat(status.path("generations").get(0).path("living").asInt()).isEqualTo(2);
  }
}
