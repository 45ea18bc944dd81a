package dev.sluice.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.app.Console;
import dev.sluice.app.service.DataDirectory;
import dev.sluice.app.service.MachineService;
import dev.sluice.app.service.OneProcess;
import dev.sluice.app.service.Process;
import dev.sluice.app.service.RunningMachine;
import dev.sluice.app.settings.SettingsLoader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One gate for two scanners, asked in every way, of everything in one process. */
class GateIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path directory;

  private static Process process;
  private static OneProcess sluice;

  @BeforeAll
  static void start() throws Exception {
    DataDirectory data = DataDirectory.open(directory.resolve("data"));
    process = new Process(Console.ofProcess());
    MachineService machine = process.services().add(MachineService.persistent(data.kafka(), 0, 0));
    SettingsLoader settings = new SettingsLoader(Map.of(), directory);
    Map.of(
            "kafka.bootstrap-servers", machine.machine().bootstrapServers(),
            "kafka.partitions", "2",
            "kafka.replication", "1",
            "registry.url", machine.machine().registryUrl().toString(),
            "gateway.port", "0",
            "gateway.max-wait", "5m",
            "streams.threads", "1",
            "streams.embargoed", "false",
            "streams.state-dir", data.streams().toString(),
            "database.url", data.databaseUrl())
        .forEach(settings::preset);
    settings.preset("publisher.redaction-key", "a key that is only for tests");
    sluice = OneProcess.start(process, settings.load(), Console.ofProcess());
    assertThat(sluice.awaitReady(PATIENCE)).isTrue();
    RunningMachine.of(sluice).leaveAt(data);
  }

  @AfterAll
  static void stop() {
    process.services().close();
  }

  @Test
  void waitsForAllScannersThatAreExpectedAndFailsOnWhatOneOfThemSaw() throws Exception {
    String asset = "registry.example/acme/two";
    expectBoth(asset);
    publishGrype(asset);

    Run early = gate(asset, "--timeout", "1ms");
    HttpResponse<String> unfinished = get(asset, "0s").join();
    Run earlyByKafka = gateByKafka(asset, "--timeout", "1ms");
    CompletableFuture<HttpResponse<String>> waiting = get(asset, "5m");
    publishTrivy(asset);
    HttpResponse<String> finished = waiting.join();
    Run late = gate(asset);
    Run lateByKafka = gateByKafka(asset);

    assertThat(early.exit()).as(early.out() + early.err()).isEqualTo(4);
    assertThat(early.out()).contains("Nobody can know: trivy: no scan of it is known.");
    assertThat(unfinished.statusCode()).as(unfinished.body()).isEqualTo(202);
    assertThat(JSON.readTree(unfinished.body()).at("/missing/0/scanner").asText())
        .isEqualTo("trivy");
    assertThat(earlyByKafka.exit()).as(earlyByKafka.err()).isEqualTo(4);
    assertThat(earlyByKafka.out()).isEqualTo(early.out());
    assertThat(finished.statusCode()).as(finished.body()).isEqualTo(200);
    assertThat(JSON.readTree(finished.body()).path("outcome").asText()).isEqualTo("FAIL");
    assertThat(late.exit()).as(late.out() + late.err()).isEqualTo(1);
    assertThat(late.out()).contains("What fails it", "app/config/payments.env", "grype", "trivy");
    assertThat(lateByKafka.exit()).as(lateByKafka.err()).isEqualTo(1);
    assertThat(lateByKafka.out()).isEqualTo(late.out());
  }

  @Test
  void whatIsWithheldIsListedAlikeFromTheReadModelAndFromTheTopics() throws Exception {
    String asset = "registry.example/acme/quiet";
    publishTrivy(asset);
    JsonNode byKafka = JSON.readTree(gateByKafka(asset, "--output", "json").out());

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(json(asset)).as("the read model follows").isEqualTo(byKafka));
    assertThat(byKafka.path("withheld")).isNotEmpty();
    assertThat(byKafka.path("findings").toString()).contains("\"status\":\"withheld\"");
  }

  @Test
  void whoBreaksTheGlassIsShownWithTheScans() throws Exception {
    String asset = "registry.example/acme/glass";
    publishTrivy(asset);
    String scan = json(asset).at("/scans/0/scanId").asText();

    Run byGateway = gate(asset, "--break-glass", "INC-1 must go out", "--by", "alex");
    Run byKafka =
        gateByKafka(asset, "--break-glass", "INC-2, password=hunter2hunter2", "--by", "kim");
    Run nobody = gateByKafka(asset, "--break-glass", "INC-3", "--by", "k".repeat(201));

    assertThat(byGateway.exit()).as(byGateway.err()).isZero();
    assertThat(byGateway.out())
        .contains("overridden (fail)", "alex lets it pass: INC-1 must go out");
    assertThat(byKafka.exit()).as(byKafka.err()).isZero();
    assertThat(byKafka.out())
        .contains("overridden (fail)", "kim lets it pass: INC-2, password=***");
    assertThat(nobody.exit()).isEqualTo(2);
    assertThat(nobody.err()).contains("it is not overridden: by must say who");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(run("scans", "show", scan).out())
                    .containsSubsequence(
                        "let pass by",
                        "alex, ",
                        ": INC-1 must go out",
                        "let pass by",
                        "kim, ",
                        ": INC-2, password=***"));
    assertThat(gate(asset).exit()).as("it holds for once").isEqualTo(1);
  }

  @Test
  void whatPassesByItselfBreaksNoGlass() throws Exception {
    String asset = "registry.example/acme/well";
    publishGrype(asset);
    String scan = json(asset).at("/scans/0/scanId").asText();

    Run byGateway = gate(asset, "--break-glass", "INC-3", "--by", "alex");
    Run byKafka = gateByKafka(asset, "--break-glass", "INC-3", "--by", "alex");

    assertThat(byGateway.exit()).as(byGateway.err()).isZero();
    assertThat(byGateway.out()).startsWith("pass: ").contains("nothing was recorded");
    assertThat(byKafka.out()).isEqualTo(byGateway.out());
    await().atMost(PATIENCE).until(() -> run("scans", "show", scan).exit() == 0);
    assertThat(run("scans", "show", scan).out()).doesNotContain("INC-3");
  }

  private static void expectBoth(String asset) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("assets.yaml"),
            "assets:\n  - asset: "
                + asset
                + "\n    expected:\n"
                + "      - {scanner: trivy, every: 7d}\n      - {scanner: grype, every: 7d}\n");
    Run applied = run("assets", "apply", file.toString());
    assertThat(applied.exit()).as(applied.err()).isZero();
    await().atMost(PATIENCE).until(() -> json(asset).path("missing").size() == 2);
  }

  private static Path sample(String scanner) {
    return Path.of(System.getProperty("sluice.root"), "samples", scanner + "-pay-5.2.1.json");
  }

  /** A report of Trivy that fails the gate. */
  private static void publishTrivy(String asset) {
    publish(sample("trivy"), asset, 1);
  }

  /** A report of Grype that found nothing. */
  private static void publishGrype(String asset) throws Exception {
    ObjectNode report = (ObjectNode) JSON.readTree(sample("grype").toFile());
    report.putArray("matches");
    Path file = directory.resolve("grype.json");
    JSON.writeValue(file.toFile(), report);
    publish(file, asset, 0);
  }

  private static void publish(Path report, String asset, int exit) {
    Run published =
        run(
            "publish",
            report.toString(),
            "--asset",
            asset,
            "--version",
            "5.2.1",
            "--wait",
            "--server",
            sluice.gateway().uri().toString());
    assertThat(published.exit()).as(published.out() + published.err()).isEqualTo(exit);
  }

  private static Run gate(String asset, String... more) {
    List<String> line = new ArrayList<>(List.of("gate", "--asset", asset, "--version", "5.2.1"));
    line.addAll(List.of(more));
    return run(line.toArray(String[]::new));
  }

  private static JsonNode json(String asset) throws Exception {
    return JSON.readTree(gate(asset, "--timeout", "1ms", "--output", "json").out());
  }

  private static Run gateByKafka(String asset, String... more) {
    List<String> line = new ArrayList<>(List.of(more));
    line.addAll(
        List.of(
            "--bootstrap-servers",
            sluice.settings().kafka().bootstrapServers(),
            "--set",
            "registry.url=" + sluice.settings().registry().url()));
    return gate(asset, line.toArray(String[]::new));
  }

  private static CompletableFuture<HttpResponse<String>> get(String asset, String wait) {
    URI gate =
        sluice.gateway().uri().resolve("/v1/gate?asset=" + asset + "&version=5.2.1&wait=" + wait);
    return HttpClient.newHttpClient()
        .sendAsync(HttpRequest.newBuilder(gate).build(), BodyHandlers.ofString());
  }

  /** Finds the gateway by the data directory, as an operator's shell does. */
  private static Run run(String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--set", "data-dir=" + directory.resolve("data")));
    return Run.of(line.toArray(String[]::new));
  }
}
