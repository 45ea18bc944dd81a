package dev.sluice.sinks.runner;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The one lock of a desk, and how to wait for what happens under it. */
final class Monitor {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** One look under the lock; empty-handed it may wait and look again. */
  @FunctionalInterface
  interface Step<T> {
    T take() throws InterruptedException;
  }

  /** Changes something, and tells those who wait. */
  void run(Runnable step) {
    lock.lock();
    try {
      step.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Looks at something. */
  <T> T get(Supplier<T> look) {
    lock.lock();
    try {
      return look.get();
    } finally {
      lock.unlock();
    }
  }

  /** Holds the lock for something that calls {@link #await} in between. */
  <T> T waiting(Step<T> step) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      return step.take();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives the lock away until something changes, at most so long. Only inside {@link #waiting}.
   *
   * @param nanos {@code Long.MAX_VALUE} for no limit
   * @return nanoseconds that are left
   */
  long await(long nanos) throws InterruptedException {
    if (nanos == Long.MAX_VALUE) {
      changed.await();
      return nanos;
    }
    return changed.awaitNanos(nanos);
  }
}
