package dev.sluice.sinks.console;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionItem;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkContext;
import dev.sluice.sinks.SinkDescriptor;
import dev.sluice.sinks.SinkDescriptor.Wants;
import dev.sluice.sinks.SinkEnvironment;
import dev.sluice.sinks.SinkSettings;
import dev.sluice.sinks.SinkType;
import java.io.PrintStream;

/** Prints each event as one line, and what to do about an opened item as a few more. */
public final class ConsoleSink implements Sink {
  public static final SinkType TYPE =
      new SinkType(
          new SinkDescriptor(
              "console",
              "Console",
              ConsoleSettings.class,
              Wants.EVERY_EVENT,
              true,
              false,
              "After a crash, what was printed and not yet recorded is printed again."),
          ConsoleSink::open);

  private final PrintStream out;
  private final EventText text;

  ConsoleSink(PrintStream out, EventText text) {
    this.out = out;
    this.text = text;
  }

  private static Sink open(SinkSettings settings, SinkEnvironment environment) {
    ConsoleSettings own = settings.console();
    boolean colours =
        switch (own.colours()) {
          case AUTO -> environment.colours();
          case ALWAYS -> true;
          case NEVER -> false;
        };
    return new ConsoleSink(environment.out(), new EventText(colours, own.details()));
  }

  @Override
  public Delivery deliver(ActionItem item, ActionEvent event, SinkContext context) {
    String block = text.of(item, event);
    synchronized (out) {
      // One call, so that a block is not torn by another sink or a log line.
      out.print(block);
      out.flush();
      return out.checkError()
          ? Delivery.retry("the console cannot be written to")
          : Delivery.delivered();
    }
  }
}
