package dev.sluice.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.client.ClientSettings;
import dev.sluice.app.client.GatewayOutlet;
import dev.sluice.app.client.Outlet.Scan;
import dev.sluice.app.client.Outlet.Sent;
import dev.sluice.app.client.Patience;
import dev.sluice.app.settings.SettingsLoader;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.app.topic.TopicTable;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Finding;
import dev.sluice.producers.publish.PublishRequest;
import dev.sluice.producers.report.DigestingReport;
import dev.sluice.producers.report.Reports;
import dev.sluice.settings.SecretValue;
import dev.sluice.topics.Topic;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneProcessIT {
  @TempDir Path directory;

  @Test
  void aRestartKeepsEverythingAndARepeatChangesNothing() throws Exception {
    Map<String, String> before = new TreeMap<>();
    Map<String, String> after = new TreeMap<>();
    AtomicReference<Scan> second = new AtomicReference<>();

    inProcess(
        sluice -> {
          publish(sluice);
          before.putAll(revisions(sluice));
        });
    inProcess(
        sluice -> {
          second.set(publish(sluice));
          after.putAll(revisions(sluice));
        });

    assertThat(before).isNotEmpty();
    assertThat(after).isEqualTo(before);
    assertThat(second.get().repeated()).isTrue();
  }

  @Test
  void aSecondProcessInTheSameDirectoryIsRefused() {
    Path kafka = directory.resolve("kafka");
    MachineService first = MachineService.persistent(kafka, 0, 0);
    try {
      assertThatThrownBy(() -> MachineService.persistent(kafka, 0, 0))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("in use");
    } finally {
      first.close();
    }
  }

  @Test
  void theRedactionKeyIsMadeOnceForItsOwnerAlone() {
    DataDirectory data = DataDirectory.open(directory.resolve("new"));
    Path key = data.redactionKey();

    assertThat(key).content().matches("[0-9a-f]{64}\\R");
    assertThat(data.redactionKey()).hasSameTextualContentAs(key);
    assertThat(key.toFile().canRead()).isTrue();
  }

  private interface Work {
    void with(OneProcess sluice) throws Exception;
  }

  private void inProcess(Work work) throws Exception {
    Process process = new Process(Console.ofProcess());
    process.run(
        settings(Map.of()),
        running -> {
          MachineService machine =
              running.services().add(MachineService.persistent(directory.resolve("kafka"), 0, 0));
          SluiceSettings settings =
              settings(
                  Map.of(
                      "kafka.bootstrap-servers", machine.machine().bootstrapServers(),
                      "registry.url", machine.machine().registryUrl().toString()));
          OneProcess sluice = OneProcess.start(running, settings, Console.ofProcess());
          assertThat(sluice.awaitReady(Duration.ofMinutes(2))).isTrue();
          try {
            work.with(sluice);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
          running.services().stop();
        });
  }

  private SluiceSettings settings(Map<String, String> more) {
    SettingsLoader loader =
        new SettingsLoader(Map.of(), directory)
            .preset("kafka.partitions", "2")
            .preset("kafka.replication", "1")
            .preset("gateway.port", "0")
            .preset("streams.threads", "1")
            .preset("streams.embargoed", "false")
            .preset("streams.state-dir", directory.resolve("streams").toString())
            .preset("publisher.redaction-key", "0123456789abcdef");
    more.forEach(loader::preset);
    try {
      return loader.load();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Scan publish(OneProcess sluice) throws Exception {
    ClientSettings client =
        new ClientSettings(
            sluice.gateway().uri(),
            SecretValue.of(""),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10));
    Path file = Path.of(System.getProperty("sluice.root"), "samples", "trivy-pay-5.2.1.json");
    PublishRequest request =
        PublishRequest.builder()
            .asset("registry.example/acme/pay")
            .version("5.2.1")
            .scanId(UUID.randomUUID().toString())
            .build();
    try (GatewayOutlet gateway = new GatewayOutlet(client, Patience.real());
        DigestingReport report = Reports.ofFile(file)) {
      Sent sent = gateway.send(report, request);
      assertThat(sent).isInstanceOf(Sent.Accepted.class);
      Scan scan = ((Sent.Accepted) sent).scans().get(0);
      assertThat(gateway.verdict(scan.scanId(), Duration.ofMinutes(1))).isPresent();
      return scan;
    }
  }

  private static Map<String, String> revisions(OneProcess sluice) {
    Map<String, String> revisions = new TreeMap<>();
    read(sluice, Topics.FINDINGS, Finding::getId, Finding::getRevision, revisions);
    read(sluice, Topics.ITEMS, ActionItem::getId, ActionItem::getContentHash, revisions);
    return revisions;
  }

  private static <V extends SpecificRecord> void read(
      OneProcess sluice,
      Topic<V> topic,
      Function<V, String> id,
      Function<V, Object> state,
      Map<String, String> into) {
    try (TopicTable<V> table =
        TopicTable.open(sluice.settings().kafka(), sluice.serdes(), Realm.COMMON, topic)) {
      table.refresh().values().forEach(v -> into.put(id.apply(v), String.valueOf(state.apply(v))));
    }
  }
}
