package dev.sluice.sinks.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.sinks.Delivery;
import java.util.Objects;

/** A request did not do what it was for, so the delivery ends here; it carries what that means. */
public final class Setback extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Delivery delivery;
  private final boolean acted;
  private final transient JsonNode said;

  /** A setback of which the tracker said no more. */
  public Setback(Delivery delivery, boolean acted) {
    this(delivery, acted, MissingNode.getInstance());
  }

  /**
   * @param delivery what becomes of the delivery
   * @param acted whether the tracker may have done what was asked all the same
   * @param said the tracker's answer, missing if it is no JSON; it stays out of messages
   */
  public Setback(Delivery delivery, boolean acted, JsonNode said) {
    super(delivery.toString(), null, false, false);
    this.delivery = Objects.requireNonNull(delivery, "delivery");
    this.acted = acted;
    this.said = said;
  }

  public Delivery delivery() {
    return delivery;
  }

  public boolean mayHaveActed() {
    return acted;
  }

  public JsonNode said() {
    return said;
  }
}
