package dev.sluice.app.service;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.settings.SluiceSettings;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.Optional;

/** Runs services until somebody stops the process, or one of them can never work again. */
public final class Process {
  private final Console console;
  private final Services services = new Services();
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  public Process(Console console) {
    this.console = console;
  }

  public Services services() {
    return services;
  }

  public PrometheusMeterRegistry metrics() {
    return metrics;
  }

  /** Starts services in order, and tells people where to look. */
  @FunctionalInterface
  public interface Start {
    void run(Process process) throws InterruptedException;
  }

  /**
   * Starts, waits, and drains. A signal to end the process drains too, within {@link
   * Services#DRAIN}; the JVM then ends with the signal's code.
   */
  public int run(SluiceSettings settings, Start start) throws InterruptedException {
    Thread hook = new Thread(this::drain, "drain");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      serveManagement(settings);
      start.run(this);
      Optional<String> failure = services.await();
      failure.ifPresent(reason -> console.err().println("sluice: " + reason));
      return (failure.isPresent() ? ExitCode.UNREACHABLE : ExitCode.OK).code();
    } finally {
      services.close();
      removeHook(hook);
    }
  }

  private void drain() {
    services.stop();
    try {
      services.awaitClosed(Services.DRAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook is what waits for us.
    }
  }

  private void serveManagement(SluiceSettings settings) {
    new JvmMemoryMetrics().bindTo(metrics);
    new JvmThreadMetrics().bindTo(metrics);
    new ProcessorMetrics().bindTo(metrics);
    services.add(new Measured(new JvmGcMetrics())).bindTo(metrics);
    if (settings.management().port() == 0) {
      return;
    }
    try {
      services.add(ManagementServer.start(settings.management(), services, metrics));
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "cannot listen on "
              + settings.management().address()
              + ":"
              + settings.management().port()
              + " for health and metrics; set management.port to another",
          e);
    }
  }

  /** Metrics that listen to the JVM until they are closed. */
  private record Measured(JvmGcMetrics collectors) implements Service {
    void bindTo(PrometheusMeterRegistry registry) {
      collectors.bindTo(registry);
    }

    @Override
    public String name() {
      return "process";
    }

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
      collectors.close();
    }
  }
}
