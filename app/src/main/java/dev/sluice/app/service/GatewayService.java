package dev.sluice.app.service;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.ExitCode;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.producers.gateway.Gateway;
import dev.sluice.producers.gateway.Lookup;
import dev.sluice.producers.publish.Publisher;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.serde.AvroSerdes;
import io.javalin.util.JavalinBindException;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.Optional;

/** The gateway with its publisher. */
public final class GatewayService implements Service {
  private final Gateway gateway;
  private final Publisher publisher;

  private GatewayService(Gateway gateway, Publisher publisher) {
    this.gateway = gateway;
    this.publisher = publisher;
  }

  /**
   * Starts to listen.
   *
   * @throws CommandFailure if the settings would let anybody in, or the port is taken
   */
  public static GatewayService start(
      SluiceSettings settings, AvroSerdes serdes, MeterRegistry metrics) {
    Redactor redactor = Publishers.redactor(settings.publisher());
    Publisher publisher =
        Publishers.create(settings.kafka(), settings.publisher(), serdes, redactor);
    try {
      Gateway gateway =
          Gateway.start(settings.gateway(), settings.kafka(), publisher, redactor, serdes, metrics);
      return new GatewayService(gateway, publisher);
    } catch (IllegalArgumentException e) {
      publisher.close();
      throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
    } catch (JavalinBindException e) {
      publisher.close();
      throw new CommandFailure(
          ExitCode.USAGE,
          "the gateway cannot listen on "
              + settings.gateway().host()
              + ":"
              + settings.gateway().port()
              + "; choose another with --port (0 takes a free one)",
          e);
    }
  }

  /** Has questions about findings, items and scans answered. */
  public void answerWith(Lookup lookup) {
    gateway.answerWith(lookup);
  }

  /** Base address for clients on this machine. */
  public URI uri() {
    return gateway.uri();
  }

  @Override
  public String name() {
    return "gateway";
  }

  /** It takes reports, and says itself, report by report, when Kafka is away. */
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
    gateway.close();
    publisher.close();
  }
}
