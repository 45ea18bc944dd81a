package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.LogSetup;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.BrokerUnavailableException;
import dev.sluice.topics.TopicAdmin;
import dev.sluice.topics.TopicMismatchException;
import dev.sluice.topics.Topics.Realm;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice topics}. */
@Command(
    name = "topics",
    description = "Create the topics that Sluice needs, or check that they are as they must be.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice topics create --bootstrap-servers kafka-1:9092",
      "  sluice topics check --set kafka.prefix=acme."
    })
final class TopicsCommand implements Runnable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Console console;

  @Mixin private HelpOption help;

  @picocli.CommandLine.Spec private picocli.CommandLine.Model.CommandSpec spec;

  TopicsCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    throw new picocli.CommandLine.ParameterException(
        spec.commandLine(), "create or check? sluice topics --help explains both");
  }

  @Command(name = "create", description = "Create what is missing; change nothing that is there.")
  int create(@Mixin HelpOption help, @Mixin SettingsOptions settings, @Mixin Where where) {
    return each(
        settings,
        where,
        (admin, realm) -> {
          List<String> created = admin.ensure(realm);
          created.forEach(name -> console.out().println("created " + name));
          if (created.isEmpty()) {
            console.out().println(name(realm) + " topics: all are there");
          }
        });
  }

  @Command(
      name = "check",
      description = "Check that every topic is there with the right number of partitions.")
  int check(@Mixin HelpOption help, @Mixin SettingsOptions settings, @Mixin Where where) {
    return each(
        settings,
        where,
        (admin, realm) -> {
          admin.verify(realm);
          console.out().println(name(realm) + " topics: all are as they must be");
        });
  }

  private static String name(Realm realm) {
    return realm.name().toLowerCase(java.util.Locale.ROOT);
  }

  private interface Step {
    void run(TopicAdmin admin, Realm realm);
  }

  private static int each(SettingsOptions options, Where where, Step step) {
    LogSetup.libraries("ERROR");
    KafkaSettings kafka =
        options
            .with("kafka.bootstrap-servers", where.bootstrapServers, "--bootstrap-servers")
            .load()
            .kafka();
    withAdmin(
        kafka,
        admin -> {
          for (Realm realm : where.realms()) {
            step.run(new TopicAdmin(admin, kafka, PATIENCE), realm);
          }
        });
    return ExitCode.OK.code();
  }

  private static void withAdmin(KafkaSettings kafka, Consumer<Admin> work) {
    Properties properties = new Properties();
    properties.putAll(kafka.properties());
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "sluice-topics");
    Admin admin;
    try {
      admin = Admin.create(properties);
    } catch (KafkaException e) {
      throw KafkaFailures.clientRefused(kafka, e);
    }
    try {
      work.accept(admin);
    } catch (BrokerUnavailableException e) {
      throw new CommandFailure(ExitCode.UNREACHABLE, e.getMessage(), e);
    } catch (TopicMismatchException e) {
      throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  /** Options of both. */
  static final class Where {
    @Option(
        names = "--bootstrap-servers",
        paramLabel = "HOST:PORT",
        description = "Brokers, instead of kafka.bootstrap-servers.")
    private String bootstrapServers;

    @Option(
        names = "--realm",
        paramLabel = "REALM",
        description = "common or embargoed; both if it is left out.")
    private Realm realm;

    private List<Realm> realms() {
      return realm == null ? List.of(Realm.values()) : List.of(realm);
    }
  }
}
