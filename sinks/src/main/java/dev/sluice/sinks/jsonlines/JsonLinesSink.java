package dev.sluice.sinks.jsonlines;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionItem;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.EventJson;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkContext;
import dev.sluice.sinks.SinkDescriptor;
import dev.sluice.sinks.SinkDescriptor.Wants;
import dev.sluice.sinks.SinkEnvironment;
import dev.sluice.sinks.SinkSettings;
import dev.sluice.sinks.SinkType;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Appends each event as one line of JSON. */
public final class JsonLinesSink implements Sink {
  public static final SinkType TYPE =
      new SinkType(
          new SinkDescriptor(
              "jsonlines",
              "JSON lines file",
              JsonLinesSettings.class,
              Wants.EVERY_EVENT,
              true,
              false,
              "Each event is one line, also after kill -9: the end of the file is compared on start."),
          JsonLinesSink::open);

  private final LineFile file;

  JsonLinesSink(LineFile file) {
    this.file = file;
  }

  private static Sink open(SinkSettings settings, SinkEnvironment environment) {
    JsonLinesSettings own = settings.jsonlines();
    if (own == null || own.path() == null || own.path().toString().isEmpty()) {
      throw new IllegalArgumentException(
          "sinks.%s.jsonlines.path is missing: name the file to append to"
              .formatted(environment.name()));
    }
    try {
      return new JsonLinesSink(LineFile.open(own));
    } catch (IOException | UncheckedIOException e) {
      throw new IllegalArgumentException(
          "sinks.%s.jsonlines.path: %s cannot be appended to: %s"
              .formatted(environment.name(), own.path(), e.getMessage()),
          e);
    }
  }

  @Override
  public Delivery deliver(ActionItem item, ActionEvent event, SinkContext context) {
    try {
      file.append(event.getId(), EventJson.bytes(event, item));
      return Delivery.delivered();
    } catch (IOException e) {
      return Delivery.retry("the file cannot be written: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
