package dev.sluice.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Sends logs to standard error, so that standard output holds results only. Kafka logs its whole
 * configuration at INFO, so everything that is not ours starts at WARN. In code and not in XML:
 * parsing XML costs a short command a fifth of a second.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
  /** System property with the level of our own loggers; {@code --debug} sets it. */
  public static final String LEVEL = "sluice.log";

  /** System property with the level of everybody else's. */
  private static final String LIBRARIES = "sluice.log.libraries";

  /** Say at WARN what happens at every start of a broker or a topology, and is in order. */
  private static final List<String> NOISY =
      List.of(
          "org.apache.kafka.clients.NetworkClient",
          "org.apache.kafka.clients.consumer.internals.OffsetFetcherUtils",
          "org.apache.kafka.clients.producer.internals.Sender",
          "org.apache.kafka.controller.QuorumController",
          "org.apache.kafka.streams.StreamsConfig",
          "org.apache.kafka.streams.processor.internals.StateDirectory",
          "org.flywaydb.core",
          "kafka.server.DefaultAutoTopicCreationManager");

  /** Calls it an error that a topic which was created just now is not known everywhere yet. */
  private static final String NEW_TOPICS =
      "org.apache.kafka.clients.admin.internals.PartitionLeaderStrategy";

  private static final String CONSOLE = "console";
  private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level %logger{0} - %msg %kvp%n";
  private static final String BRIEF = PATTERN + "%nopex";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Level own = Level.toLevel(System.getProperty(LEVEL), Level.WARN);
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(own.isGreaterOrEqual(Level.WARN) ? BRIEF : PATTERN);
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setName(CONSOLE);
    console.setTarget("System.err");
    console.setEncoder(encoder);
    console.start();
    context.getLogger("ROOT").setLevel(Level.toLevel(System.getProperty(LIBRARIES), Level.WARN));
    context.getLogger("ROOT").addAppender(console);
    NOISY.forEach(name -> context.getLogger(name).setLevel(Level.ERROR));
    context.getLogger(NEW_TOPICS).setLevel(Level.OFF);
    context.getLogger("dev.sluice").setLevel(own);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Writes JSON from now on, one object a line; the settings are read after the first loggers. */
  public static void json() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
        && context.getLogger("ROOT").getAppender(CONSOLE)
            instanceof ConsoleAppender<ILoggingEvent> console) {
      JsonLogEncoder encoder = new JsonLogEncoder();
      encoder.setContext(context);
      encoder.start();
      console.setEncoder(encoder);
    }
  }

  /** Changes the level of our own loggers; before the first log line. */
  public static void level(String level) {
    System.setProperty(LEVEL, level);
  }

  /**
   * Changes the level of everybody else's loggers; before the first log line. Short commands say
   * themselves what went wrong, once.
   */
  public static void libraries(String level) {
    System.setProperty(LIBRARIES, level);
  }
}
