package dev.sluice.app.service;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The services of this process, in the order of their start. Safe for concurrent use. */
public final class Services implements AutoCloseable {
  /** From SIGTERM to the end of the process. */
  public static final Duration DRAIN = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(Services.class);
  private static final Duration WATCH = Duration.ofMillis(500);

  private final Deque<Service> running = new ArrayDeque<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean closing;

  /** Adds a service that has been started; closes it at once if everything is stopping already. */
  public <S extends Service> S add(S service) {
    synchronized (running) {
      if (!closing) {
        running.push(service);
        return service;
      }
    }
    service.close();
    throw new IllegalStateException("stopping");
  }

  /** Whether each is ready, by name. */
  public Map<String, Boolean> readiness() {
    Map<String, Boolean> ready = new TreeMap<>();
    for (Service service : snapshot()) {
      ready.put(service.name(), service.isReady());
    }
    return ready;
  }

  /** The first failure for good, with the name of who failed. */
  public Optional<String> failure() {
    for (Service service : snapshot()) {
      Optional<String> failure = service.failure();
      if (failure.isPresent()) {
        return Optional.of(service.name() + ": " + failure.get());
      }
    }
    return Optional.empty();
  }

  /**
   * Waits until {@link #stop} is called or a service fails for good.
   *
   * @return the failure, if that was it
   */
  public Optional<String> await() throws InterruptedException {
    while (!stopped.await(WATCH.toMillis(), TimeUnit.MILLISECONDS)) {
      Optional<String> failure = failure();
      if (failure.isPresent()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  /** Ends {@link #await}. */
  public void stop() {
    stopped.countDown();
  }

  /** Waits until {@link #close} is through, for a shutdown hook. */
  public boolean awaitClosed(Duration patience) throws InterruptedException {
    return closed.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private List<Service> snapshot() {
    synchronized (running) {
      return List.copyOf(running);
    }
  }

  /** Closes all, the last one started first: nobody loses what they stand on. */
  @Override
  public void close() {
    List<Service> all;
    synchronized (running) {
      if (closing) {
        return;
      }
      closing = true;
      all = List.copyOf(running);
    }
    stopped.countDown();
    for (Service service : all) {
      try {
        service.close();
      } catch (RuntimeException e) {
        log.atWarn().addKeyValue("service", service.name()).setCause(e).log("did not stop cleanly");
      }
    }
    closed.countDown();
  }
}
