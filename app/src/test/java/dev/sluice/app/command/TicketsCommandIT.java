package dev.sluice.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.app.service.TopicSetup;
import dev.sluice.embedded.OneMachine;
import dev.sluice.embedded.junit.SharedKafka;
import dev.sluice.events.ActionItem;
import dev.sluice.events.ItemFinding;
import dev.sluice.events.ItemKind;
import dev.sluice.events.ItemStatus;
import dev.sluice.events.Severity;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Taking over tickets that people wrote, on a real broker and a listing like GitHub's. */
@ExtendWith(SharedKafka.class)
class TicketsCommandIT {
  private static final String ISSUE =
      "{\"number\":7,\"html_url\":\"https://github.example/7\",\"state\":\"open\","
          + "\"title\":\"CVE-2026-1111 in openssl\",\"body\":\"see wiki\",\"labels\":[],"
          + "\"updated_at\":\"2026-01-01T00:00:00Z\",\"created_at\":\"2026-01-01T00:00:00Z\"}";

  @TempDir private Path directory;

  private OneMachine kafka;
  private String prefix;
  private HttpServer tracker;

  @BeforeEach
  void start(OneMachine machine) throws Exception {
    kafka = machine;
    prefix = SharedKafka.unique("tickets") + ".";
    KafkaSettings settings = new KafkaSettings(kafka.bootstrapServers(), prefix, 2, 1, Map.of());
    TopicSetup.create(settings, List.of(Realm.COMMON));
    var serde =
        AvroSerdes.of(new RegistrySettings(kafka.registryUrl().toString(), Map.of()))
            .forTopic(Topics.ITEMS);
    String topic = prefix + Topics.ITEMS.name();
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (String name : List.of("openssl", "curl")) {
        ActionItem item = item(name);
        producer.send(
            new ProducerRecord<>(
                topic,
                item.getId().getBytes(StandardCharsets.UTF_8),
                serde.serializer().serialize(topic, item)));
      }
    }
    tracker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    tracker.createContext(
        "/repos/acme/web/issues",
        exchange -> {
          boolean one = exchange.getRequestURI().getPath().endsWith("/7");
          byte[] body = (one ? ISSUE : "[" + ISSUE + "]").getBytes(StandardCharsets.UTF_8);
          boolean known = one || exchange.getRequestURI().getPath().endsWith("/issues");
          exchange.sendResponseHeaders(known ? 200 : 404, known ? body.length : -1);
          if (known) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    tracker.start();
  }

  @AfterEach
  void stop() {
    tracker.stop(0);
  }

  private static ActionItem item(String name) {
    return ActionItem.newBuilder()
        .setId("i-" + name)
        .setAsset("github.com/acme/web")
        .setKind(ItemKind.UPGRADE)
        .setSeverity(Severity.HIGH)
        .setStatus(ItemStatus.OPEN)
        .setEpisode(1)
        .setTitle("Upgrade " + name)
        .setPackageName(name)
        .setRevision(3)
        .setFindings(
            List.of(
                ItemFinding.newBuilder()
                    .setFindingId("f-" + name)
                    .setVulnerability("CVE-2026-1111")
                    .setSeverity(Severity.HIGH)
                    .build()))
        .build();
  }

  private Run run(String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    List.of(
            "kafka.bootstrap-servers=" + kafka.bootstrapServers(),
            "kafka.prefix=" + prefix,
            "kafka.partitions=2",
            "kafka.replication=1",
            "registry.url=" + kafka.registryUrl(),
            "data-dir=" + directory.resolve("data"),
            "sinks.gh.type=github",
            "sinks.gh.github.url=http://127.0.0.1:" + tracker.getAddress().getPort(),
            "sinks.gh.github.repository=acme/web",
            "sinks.gh.github.token=s3cr3t",
            "sinks.gh.github.http.allow-loopback=true",
            "sinks.screen.type=console")
        .forEach(key -> line.addAll(List.of("--set", key)));
    return Run.of(line.toArray(String[]::new));
  }

  @Test
  void aTicketIsTakenOverOnceAndListed() throws Exception {
    Run dry = run("tickets", "adopt", "gh", "--dry-run");
    assertThat(dry.exit()).as(dry.err()).isZero();
    assertThat(dry.out())
        .contains("i-openssl")
        .contains("would take over 1, not clear: 0, open items without a ticket: 1");
    assertThat(run("tickets", "list").out()).contains("no sink keeps a ticket that is open");

    Run adopted = run("tickets", "adopt", "gh");
    assertThat(adopted.exit()).as(adopted.err()).isZero();
    assertThat(adopted.out()).contains("took over 1");
    var row = new ObjectMapper().readTree(run("tickets", "list", "--json").out()).get(0);
    assertThat(row.path("ticket").asText()).isEqualTo("7");
    assertThat(row.path("item").asText()).isEqualTo("i-openssl");
    assertThat(row.path("url").asText()).isEqualTo("https://github.example/7");
    assertThat(row.path("state").asText()).isEqualTo("linked");

    assertThat(run("tickets", "adopt", "gh").out()).contains("took over 0");
  }

  @Test
  void aListTellsWhatTextDoesNotAndItsErrorsAreNamed() throws Exception {
    Path list = directory.resolve("tickets.csv");
    Files.writeString(list, "ticket,item\n7,i-curl\n8,i-openssl\n");
    Run run = run("tickets", "adopt", "gh", "--csv", list.toString());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).contains("took over 1").contains("no such ticket");
    assertThat(run.err()).contains("not every line was clear; the others were taken over");

    Files.writeString(list, "key,item\n7,i-curl\n");
    assertThat(run("tickets", "adopt", "gh", "--csv", list.toString()).err())
        .contains("tickets.csv: line 1: must name the columns");
  }

  @Test
  void whatCannotBeTakenOverIsSaid() {
    assertThat(run("tickets", "adopt", "jira").err())
        .contains("the settings have no sink jira; known are");
    assertThat(run("tickets", "adopt", "screen").err())
        .contains("the sink screen of type console keeps no tickets");
  }
}
