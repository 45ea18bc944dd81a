package dev.sluice.app.service;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.knowledge.TicketAcceptances;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.sinks.SinkEnvironment;
import dev.sluice.sinks.feedback.TicketWatch;
import dev.sluice.sinks.runner.SinkRunner;
import dev.sluice.sinks.runner.SinkRunners;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** All configured sinks. */
public final class SinksService implements Service {
  private final SinkRunners runners;

  private final TicketWatch tickets;

  private SinksService(SinkRunners runners, TicketWatch tickets) {
    this.runners = runners;
    this.tickets = tickets;
  }

  /**
   * Starts every enabled sink.
   *
   * @throws CommandFailure if a sink's settings cannot work
   */
  public static SinksService start(
      SluiceSettings settings, AvroSerdes serdes, Console console, MeterRegistry metrics) {
    SinkEnvironment environment =
        new SinkEnvironment(
            "sinks", Clock.systemUTC(), console.out(), settings.isColoured(Console.isTerminal()));
    try {
      SinkRunners runners =
          SinkRunners.start(settings.sinks(), settings.kafka(), serdes, environment, metrics);
      TicketWatch tickets =
          TicketWatch.start(
              runners.all(),
              settings.kafka(),
              serdes,
              new TicketAcceptances(settings, serdes),
              metrics);
      return new SinksService(runners, tickets);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  /** Names of the sinks that run. */
  public List<String> names() {
    return runners.all().stream().map(SinkRunner::name).toList();
  }

  /** Waits until every sink has finished what it has read. */
  public boolean awaitIdle(Duration patience) throws InterruptedException {
    for (SinkRunner runner : runners.all()) {
      if (!runner.awaitIdle(patience)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String name() {
    return "sinks";
  }

  /** A receiver that is away is waited out and shows in the metrics of its sink. */
  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public Optional<String> failure() {
    return Optional.empty();
  }

  @Override
  public void close() {
    tickets.close();
    runners.close();
  }
}
