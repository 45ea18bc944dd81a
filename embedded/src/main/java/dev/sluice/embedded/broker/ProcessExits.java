package dev.sluice.embedded.broker;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka ends its process when it can no longer work, say because its disk is gone. This process is
 * not Kafka's alone, so the wish is told to the brokers in it instead.
 *
 * <p>Kafka keeps what to do in a static of its own and does not say which broker asked: this is why
 * there is a static here too, and why every open broker is told.
 */
final class ProcessExits {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessExits.class);
  private static final Set<Consumer<String>> LISTENERS = new CopyOnWriteArraySet<>();

  /** Ends the thread that asked for the end of the process. */
  static final class ExitRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExitRefused(String message) {
      super(message);
    }
  }

  private ProcessExits() {}

  static void listen(Consumer<String> listener) {
    synchronized (LISTENERS) {
      if (LISTENERS.isEmpty()) {
        Exit.setExitProcedure(ProcessExits::refuse);
        Exit.setHaltProcedure(ProcessExits::refuse);
      }
      LISTENERS.add(listener);
    }
  }

  static void forget(Consumer<String> listener) {
    synchronized (LISTENERS) {
      LISTENERS.remove(listener);
      if (LISTENERS.isEmpty()) {
        Exit.resetExitProcedure();
        Exit.resetHaltProcedure();
      }
    }
  }

  private static void refuse(int status, String message) {
    String reason =
        "Kafka asked to end the process with status "
            + status
            + (message == null ? "" : ": " + message);
    LOG.atError().addKeyValue("status", status).log("The embedded broker has failed");
    LISTENERS.forEach(listener -> listener.accept(reason));
    throw new ExitRefused(reason);
  }
}
