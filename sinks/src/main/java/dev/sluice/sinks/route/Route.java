package dev.sluice.sinks.route;

import dev.cel.runtime.CelEvaluationException;
import dev.sluice.conditions.Condition;
import dev.sluice.conditions.ConditionException;
import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionItem;
import dev.sluice.sinks.SinkDescriptor.Wants;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which items and events a sink is sent. What the condition says of the item counts until the item
 * was sent to the sink; then its updates and its end are sent whatever it has become. What it says
 * of the event counts for each event, where the sink wants each event. Safe for use by several
 * threads.
 */
public final class Route {
  private static final Logger LOG = LoggerFactory.getLogger(Route.class);

  private final String sink;
  private final List<Condition> ofItem;
  private final List<Condition> ofEvent;

  private Route(String sink, List<Condition> ofItem, List<Condition> ofEvent) {
    this.sink = sink;
    this.ofItem = ofItem;
    this.ofEvent = ofEvent;
  }

  /**
   * Compiles a route.
   *
   * @param sink name of the configured sink
   * @param when the condition; empty takes all
   * @throws IllegalArgumentException if it does not compile; the message says where and names what
   *     is known
   */
  public static Route of(String sink, String when, Wants wants) {
    String text = when == null || when.isBlank() ? "true" : when;
    try {
      List<Condition> parts = RouteFacts.LANGUAGE.compile(text).parts();
      boolean eachEvent = wants == Wants.EVERY_EVENT;
      return new Route(
          sink,
          parts.stream().filter(part -> !eachEvent || !readsEvent(part)).toList(),
          parts.stream().filter(part -> eachEvent && readsEvent(part)).toList());
    } catch (ConditionException e) {
      throw new IllegalArgumentException(
          "sinks.%s.when: %s Known are %s."
              .formatted(sink, e.getMessage(), String.join(", ", RouteFacts.names())),
          e);
    }
  }

  /**
   * Whether the sink is to be sent an event.
   *
   * @param before whether something of this item, and not only its end, was sent to it before
   */
  public boolean takes(ActionItem item, ActionEvent event, boolean before) {
    List<Condition> asked = before ? List.of() : ofItem;
    if (asked.isEmpty() && ofEvent.isEmpty()) {
      return true;
    }
    Map<String, Object> values = RouteFacts.LANGUAGE.values(new RouteFacts(item, event));
    return asked.stream().allMatch(part -> holds(part, values))
        && ofEvent.stream().allMatch(part -> holds(part, values));
  }

  /** What cannot be said is sent: better one message too many than none. */
  private boolean holds(Condition condition, Map<String, Object> values) {
    try {
      return condition.holds(values);
    } catch (CelEvaluationException e) {
      LOG.atWarn()
          .addKeyValue("sink", sink)
          .addKeyValue("error", e.getErrorCode())
          .log("A route failed on an item, which is sent");
      return true;
    }
  }

  private static boolean readsEvent(Condition condition) {
    return condition.names().contains(RouteFacts.EVENT);
  }
}
