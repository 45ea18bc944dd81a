package dev.sluice.sinks;

import java.io.PrintStream;
import java.time.Clock;
import java.util.Objects;

/**
 * What a sink is handed from outside.
 *
 * @param name name of the configured sink: its key under {@code sinks}
 * @param clock wall clock
 * @param out where a console sink writes
 * @param colours whether {@code out} is a terminal that may be sent colours
 */
public record SinkEnvironment(String name, Clock clock, PrintStream out, boolean colours) {
  public SinkEnvironment {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(out, "out");
  }

  /** The same for another configured sink. */
  public SinkEnvironment named(String other) {
    return new SinkEnvironment(other, clock, out, colours);
  }
}
