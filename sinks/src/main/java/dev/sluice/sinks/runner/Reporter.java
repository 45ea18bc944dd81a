package dev.sluice.sinks.runner;

import dev.sluice.events.SinkCondition;

/** Says how a sink fares when that has changed. Not thread safe. */
final class Reporter {
  /** Where it is said. */
  interface Board {
    void say(SinkCondition condition, String reason);
  }

  private final Board board;
  private SinkCondition said;
  private boolean saidSpent;

  Reporter(Board board) {
    this.board = board;
  }

  /**
   * @param spent whether the day's ticket budget is used up
   * @return says it, if there is anything to say
   */
  Runnable report(Gate gate, CircuitBreaker.State breaker, boolean spent) {
    SinkCondition now = condition(gate, breaker);
    if (now == said && spent == saidSpent) {
      return () -> {};
    }
    said = now;
    saidSpent = spent;
    boolean troubled = now == SinkCondition.FAILING || now == SinkCondition.GONE;
    String reason = troubled ? gate.trouble() : spent ? "today's ticket budget is used up" : "";
    return () -> board.say(now, reason);
  }

  private static SinkCondition condition(Gate gate, CircuitBreaker.State breaker) {
    if (gate.isGone()) {
      return SinkCondition.GONE;
    }
    if (gate.isPaused()) {
      return SinkCondition.PAUSED;
    }
    return breaker == CircuitBreaker.State.CLOSED ? SinkCondition.RUNNING : SinkCondition.FAILING;
  }
}
