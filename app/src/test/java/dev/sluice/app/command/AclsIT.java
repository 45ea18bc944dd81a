package dev.sluice.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.app.Console;
import dev.sluice.app.acl.Grant;
import dev.sluice.app.acl.ServiceRights;
import dev.sluice.app.feed.FeedFile;
import dev.sluice.app.service.DatabaseService;
import dev.sluice.app.service.GatewayService;
import dev.sluice.app.service.SinksService;
import dev.sluice.app.service.StreamsService;
import dev.sluice.app.service.TopicSetup;
import dev.sluice.app.settings.SettingsLoader;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.embedded.OneMachine;
import dev.sluice.embedded.broker.BrokerOptions;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.streams.knowledge.FeedLoader;
import dev.sluice.streams.knowledge.KnowledgePublisher;
import dev.sluice.topics.Topics.Realm;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every service with the rights that are printed for it, and no other, on a broker that asks. */
class AclsIT {
  private static final String PREFIX = "acme.";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<Realm> REALMS = List.of(Realm.values());

  @TempDir private Path directory;

  private final List<AutoCloseable> open = new ArrayList<>();
  private OneMachine machine;
  private String secured;

  @BeforeEach
  void start() throws Exception {
    int plain = freePort();
    int controller = freePort();
    int sasl = freePort();
    StringBuilder users = new StringBuilder(PlainLoginModule.class.getName() + " required");
    for (ServiceRights each : ServiceRights.values()) {
      users.append(" user_").append(user(each)).append("=\"secret\"");
    }
    machine =
        OneMachine.start(
            BrokerOptions.temporary()
                .withPort(plain)
                .withControllerPort(controller)
                .with(
                    "listeners",
                    "PLAINTEXT://127.0.0.1:%d,SASL_PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                        .formatted(plain, sasl, controller))
                .with(
                    "advertised.listeners",
                    "PLAINTEXT://127.0.0.1:%d,SASL_PLAINTEXT://127.0.0.1:%d".formatted(plain, sasl))
                .with(
                    "listener.security.protocol.map",
                    "PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT")
                .with("sasl.enabled.mechanisms", "PLAIN")
                .with("listener.name.sasl_plaintext.plain.sasl.jaas.config", users + ";")
                .with(
                    "authorizer.class.name",
                    "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                .with("super.users", "User:ANONYMOUS"),
            UnaryOperator.identity());
    open.add(machine);
    secured = "127.0.0.1:" + sasl;
    allow();
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String user(ServiceRights service) {
    return service.name().toLowerCase(Locale.ROOT);
  }

  private void allow() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", machine.bootstrapServers()))) {
      List<AclBinding> bindings = new ArrayList<>();
      for (ServiceRights service : ServiceRights.values()) {
        for (Grant grant : service.in(settings(service).kafka(), REALMS)) {
          grant
              .operations()
              .forEach(
                  operation ->
                      bindings.add(
                          new AclBinding(
                              new ResourcePattern(grant.type(), grant.name(), grant.pattern()),
                              new AccessControlEntry(
                                  "User:" + user(service),
                                  "*",
                                  operation,
                                  AclPermissionType.ALLOW))));
        }
      }
      admin.createAcls(bindings).all().get();
    }
  }

  private SluiceSettings settings(ServiceRights service) throws Exception {
    SettingsLoader loader = new SettingsLoader(Map.of(), directory);
    Map.of(
            "kafka.bootstrap-servers",
            secured,
            "kafka.prefix",
            PREFIX,
            "kafka.partitions",
            "2",
            "kafka.replication",
            "1",
            "registry.url",
            machine.registryUrl().toString())
        .forEach((key, value) -> loader.flag(key, value, "test"));
    Map.of(
            "kafka.properties.security.protocol", "SASL_PLAINTEXT",
            "kafka.properties.sasl.mechanism", "PLAIN",
            "kafka.properties.sasl.jaas.config",
                PlainLoginModule.class.getName()
                    + " required username=\""
                    + user(service)
                    + "\" password=\"secret\";")
        .forEach((key, value) -> loader.flag(key, value, "test"));
    Map.of(
            "gateway.port",
            "0",
            "gateway.spool-directory",
            directory.resolve("spool").toString(),
            "publisher.redaction-key",
            "a key that is only for tests",
            "streams.state-dir",
            directory.resolve("streams").toString(),
            "streams.threads",
            "1",
            "sinks.lines.type",
            "jsonlines",
            "sinks.lines.jsonlines.path",
            directory.resolve("items.jsonl").toString(),
            "database.url",
            "jdbc:h2:file:" + directory.resolve("database"))
        .forEach((key, value) -> loader.flag(key, value, "test"));
    return loader.load();
  }

  @AfterEach
  void close() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  @Test
  void everyServiceWorksWithTheRightsThatArePrintedForIt() throws Exception {
    assertThat(TopicSetup.create(settings(ServiceRights.OPERATOR).kafka(), REALMS)).isNotEmpty();
    SluiceSettings streams = settings(ServiceRights.STREAMS);
    SluiceSettings sinks = settings(ServiceRights.SINKS);
    SluiceSettings database = settings(ServiceRights.DATABASE);
    SluiceSettings gateway = settings(ServiceRights.GATEWAY);
    AvroSerdes serdes = AvroSerdes.of(streams.registry());
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    for (SluiceSettings each : List.of(streams, sinks, database, gateway)) {
      TopicSetup.check(each.kafka(), REALMS);
    }

    for (Realm realm : REALMS) {
      StreamsService topology = StreamsService.start(streams, serdes, realm, metrics);
      open.add(topology::close);
      await().atMost(PATIENCE).until(topology::isReady);
    }
    SinksService lines = SinksService.start(sinks, serdes, silent(), metrics);
    open.add(lines::close);
    DatabaseService tables =
        DatabaseService.start(database, serdes, List.of(Realm.COMMON), metrics);
    open.add(tables::close);
    GatewayService door = GatewayService.start(gateway, serdes, metrics);
    open.add(door::close);

    Run published =
        Run.of(
            "publish",
            Path.of(System.getProperty("sluice.root"), "samples", "trivy-pay-5.2.1.json")
                .toString(),
            "--server",
            door.uri().toString(),
            "--asset",
            "registry.example/acme/pay",
            "--version",
            "5.2.1",
            "--wait");

    assertThat(published.exit()).as(published.err()).isLessThanOrEqualTo(1);
    Path items = directory.resolve("items.jsonl");
    await().atMost(PATIENCE).until(() -> Files.exists(items) && Files.size(items) > 0);
    await().atMost(PATIENCE).until(() -> tables.isCaughtUp() && tables.isReady());
    assertThat(TopicSetup.plan(settings(ServiceRights.OPERATOR).kafka(), REALMS)).isEmpty();
    SluiceSettings feeds = settings(ServiceRights.FEEDS);
    try (KnowledgePublisher publisher =
        KnowledgePublisher.of(feeds.kafka(), serdes, Clock.systemUTC())) {
      Path kev =
          Path.of(System.getProperty("sluice.root"), "samples", "intel", "known-exploited.json");
      FeedFile.load(kev, null, false, new FeedLoader(feeds.kafka(), serdes, publisher));
    }
  }

  @Test
  void nobodyMayDoWhatIsNotPrinted() throws Exception {
    TopicSetup.create(settings(ServiceRights.OPERATOR).kafka(), REALMS);

    assertThatThrownBy(() -> write(ServiceRights.STREAMS, "acme.tickets.v1"))
        .hasCauseInstanceOf(TopicAuthorizationException.class);
    assertThatThrownBy(() -> write(ServiceRights.GATEWAY, "acme.items.v1"))
        .hasCauseInstanceOf(TopicAuthorizationException.class);
    assertThatThrownBy(() -> write(ServiceRights.FEEDS, "acme.policies.v1"))
        .hasCauseInstanceOf(TopicAuthorizationException.class);
    write(ServiceRights.GATEWAY, "acme.findings.observed.v1");
  }

  private void write(ServiceRights as, String topic) throws Exception {
    Map<String, Object> properties = new HashMap<>(settings(as).kafka().properties());
    properties.put("bootstrap.servers", secured);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, "key", "value")).get();
    }
  }

  private static Console silent() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return new Console(InputStream.nullInputStream(), nowhere, nowhere);
  }
}
