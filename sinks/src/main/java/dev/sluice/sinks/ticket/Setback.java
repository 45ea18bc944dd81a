package dev.sluice.sinks.ticket;

import dev.sluice.sinks.Delivery;
import java.util.Objects;

/** A request did not do what it was for, so the delivery ends here; it carries what that means. */
public final class Setback extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Delivery delivery;
  private final boolean acted;

  /**
   * @param delivery what becomes of the delivery
   * @param acted whether the tracker may have done what was asked all the same
   */
  public Setback(Delivery delivery, boolean acted) {
    super(delivery.toString(), null, false, false);
    this.delivery = Objects.requireNonNull(delivery, "delivery");
    this.acted = acted;
  }

  public Delivery delivery() {
    return delivery;
  }

  public boolean mayHaveActed() {
    return acted;
  }
}
