package dev.sluice.app.service;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.ExitCode;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.BrokerUnavailableException;
import dev.sluice.topics.TopicAdmin;
import dev.sluice.topics.TopicChange;
import dev.sluice.topics.TopicChanges;
import dev.sluice.topics.TopicMismatchException;
import dev.sluice.topics.Topics.Realm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;

/** Creates or checks topics, and says what is wrong in a way that ends a command. */
public final class TopicSetup {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private TopicSetup() {}

  /**
   * Creates what is missing.
   *
   * @return names of what was created
   * @throws CommandFailure if Kafka cannot be reached, or a topic has other partitions
   */
  public static List<String> create(KafkaSettings kafka, Collection<Realm> realms) {
    List<String> created = new ArrayList<>();
    withAdmin(kafka, admin -> realms.forEach(realm -> created.addAll(admin.ensure(realm))));
    return created;
  }

  /**
   * Checks that everything is there.
   *
   * @throws CommandFailure if Kafka cannot be reached, or a topic is missing or has other
   *     partitions
   */
  public static void check(KafkaSettings kafka, Collection<Realm> realms) {
    withAdmin(kafka, admin -> realms.forEach(admin::verify));
  }

  /**
   * How topics differ from their declaration.
   *
   * @throws CommandFailure if Kafka cannot be reached
   */
  public static List<TopicChange> plan(KafkaSettings kafka, Collection<Realm> realms) {
    List<TopicChange> changes = new ArrayList<>();
    with(
        kafka,
        admin -> {
          TopicChanges topics = new TopicChanges(admin, kafka, PATIENCE);
          realms.forEach(realm -> changes.addAll(topics.plan(realm)));
        });
    return changes;
  }

  /**
   * Changes settings of topics that exist.
   *
   * @throws CommandFailure if Kafka cannot be reached, or refuses
   */
  public static void alter(KafkaSettings kafka, Collection<TopicChange> changes) {
    with(kafka, admin -> new TopicChanges(admin, kafka, PATIENCE).alter(changes));
  }

  private static void withAdmin(KafkaSettings kafka, Consumer<TopicAdmin> work) {
    with(kafka, admin -> work.accept(new TopicAdmin(admin, kafka, PATIENCE)));
  }

  /** Asks the broker, and turns what it says into the end of a command. */
  public static void with(KafkaSettings kafka, Consumer<Admin> work) {
    Properties properties = new Properties();
    properties.putAll(kafka.properties());
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "sluice-topics");
    Admin admin;
    try {
      admin = Admin.create(properties);
    } catch (KafkaException e) {
      throw clientRefused(kafka, e);
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

  /** A client that could not even be made: bad addresses or properties. */
  private static CommandFailure clientRefused(KafkaSettings kafka, KafkaException e) {
    Throwable cause = e;
    while (cause.getCause() != null && !(cause instanceof ConfigException)) {
      cause = cause.getCause();
    }
    boolean addresses = cause.getMessage() != null && cause.getMessage().contains("bootstrap");
    return new CommandFailure(
        addresses ? ExitCode.UNREACHABLE : ExitCode.USAGE,
        "the Kafka client refuses its settings ("
            + cause.getMessage()
            + "); check kafka.bootstrap-servers ("
            + kafka.bootstrapServers()
            + ") and kafka.properties",
        e);
  }
}
