package dev.sluice.app.client;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * How long and how often to try again: pauses double from half a second to ten, with full jitter,
 * so that a thousand pipelines do not come back at once.
 *
 * @param nanos a monotonic clock
 * @param random for jitter
 * @param sleeper waits
 */
public record Patience(LongSupplier nanos, RandomGenerator random, Sleeper sleeper) {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** Waits; tests do not. */
  @FunctionalInterface
  public interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
  }

  /** With the clock of this machine. */
  public static Patience real() {
    return new Patience(
        System::nanoTime,
        RandomGenerator.getDefault(),
        duration -> Thread.sleep(duration.toMillis()));
  }

  /** Turns for so long from now. */
  Turns turns(Duration limit) {
    return new Turns(this, nanos.getAsLong() + limit.toNanos());
  }

  /** The turns of one undertaking. Belongs to one thread. */
  static final class Turns {
    private final Patience patience;
    private final long deadline;
    private Duration pause = FIRST;

    private Turns(Patience patience, long deadline) {
      this.patience = patience;
      this.deadline = deadline;
    }

    Duration left() {
      return Duration.ofNanos(Math.max(0, deadline - patience.nanos().getAsLong()));
    }

    /**
     * Waits before another try.
     *
     * @param atLeast what the server asked for
     * @return whether there is time for one
     */
    boolean another(Duration atLeast) throws InterruptedException {
      long jittered = patience.random().nextLong(pause.toMillis()) + 1;
      Duration wait = Duration.ofMillis(Math.max(jittered, atLeast.toMillis()));
      if (wait.compareTo(left()) > 0) {
        return false;
      }
      pause = pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2);
      patience.sleeper().sleep(wait);
      return true;
    }
  }
}
