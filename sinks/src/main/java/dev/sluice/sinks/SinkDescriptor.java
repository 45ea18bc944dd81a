package dev.sluice.sinks;

import java.util.Objects;

/**
 * What the runner and the documentation must know about a kind of sink.
 *
 * @param type name in the settings, lower case, for example {@code webhook}
 * @param title name for people
 * @param settings record with the settings of this kind alone
 * @param wants what it is to be fed with
 * @param carriesEmbargoed whether it can be cleared for embargoed items at all; the operator clears
 *     each configured sink apart
 * @param recordsIntent whether an intent is acknowledged in {@code tickets.v1} before the first
 *     delivery of an episode, because the receiver cannot recognise a repeat by itself
 * @param once what "once" means at this receiver, one sentence for the documentation
 */
public record SinkDescriptor(
    String type,
    String title,
    Class<? extends Record> settings,
    Wants wants,
    boolean carriesEmbargoed,
    boolean recordsIntent,
    String once) {

  public SinkDescriptor {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(wants, "wants");
    Objects.requireNonNull(once, "once");
  }

  /** What a sink is to be fed with. */
  public enum Wants {
    /** Each event, in order, with the state right after it. */
    EVERY_EVENT,
    /** The newest state; events that wait for the same episode of an item come as one. */
    CURRENT_STATE
  }
}
