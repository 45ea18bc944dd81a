package dev.sluice.embedded.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How to run the broker.
 *
 * @param directory where data is kept between starts; empty for a temporary directory that is
 *     deleted on close
 * @param port port for clients on loopback; 0 chooses a free one
 * @param controllerPort port of the controller on loopback, for the broker itself; 0 chooses a free
 *     one
 * @param flushInterval how often records are forced to disk; zero leaves it to the operating
 *     system, which may lose the last half minute when the power fails (never when only the process
 *     does)
 * @param overrides further broker properties by Kafka's own names; they win over ours
 */
public record BrokerOptions(
    Optional<Path> directory,
    int port,
    int controllerPort,
    Duration flushInterval,
    Map<String, String> overrides) {

  public BrokerOptions {
    Objects.requireNonNull(directory, "directory");
    requirePort("port", port);
    requirePort("controllerPort", controllerPort);
    if (port != 0 && port == controllerPort) {
      throw new IllegalArgumentException("port and controllerPort are both " + port);
    }
    if (flushInterval.isNegative()) {
      throw new IllegalArgumentException("flushInterval is negative: " + flushInterval);
    }
    overrides = Map.copyOf(overrides);
  }

  /** Data is deleted on close; ports are chosen. */
  public static BrokerOptions temporary() {
    return new BrokerOptions(Optional.empty(), 0, 0, Duration.ZERO, Map.of());
  }

  /** Data is kept in this directory and forced to disk every second; ports are chosen. */
  public static BrokerOptions persistent(Path directory) {
    return new BrokerOptions(Optional.of(directory), 0, 0, Duration.ofSeconds(1), Map.of());
  }

  public BrokerOptions withPort(int newPort) {
    return new BrokerOptions(directory, newPort, controllerPort, flushInterval, overrides);
  }

  public BrokerOptions withControllerPort(int newPort) {
    return new BrokerOptions(directory, port, newPort, flushInterval, overrides);
  }

  public BrokerOptions withFlushInterval(Duration interval) {
    return new BrokerOptions(directory, port, controllerPort, interval, overrides);
  }

  /** Sets a broker property by Kafka's own name. */
  public BrokerOptions with(String property, String value) {
    Map<String, String> all = new TreeMap<>(overrides);
    all.put(property, value);
    return new BrokerOptions(directory, port, controllerPort, flushInterval, all);
  }

  private static void requirePort(String name, int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(name + " must be from 0 to 65535, but is " + port);
    }
  }
}
