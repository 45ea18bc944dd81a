package dev.sluice.producers.gateway;

import dev.sluice.events.ScanVerdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The newest verdicts, within a number of bytes, and who waits for one. For many threads. */
final class VerdictView {
  /** A verdict ready to be sent. */
  record Entry(String asset, String attemptId, byte[] json) {
    long size() {
      return json.length + 200L;
    }
  }

  /** Most attempts that are remembered to be awaited; each is two ids. */
  private static final int MAX_EXPECTED = 10_000;

  private final long maxBytes;
  private final int maxWaiting;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, List<CompletableFuture<Entry>>> waiting = new HashMap<>();
  private final Map<String, String> expected = new LinkedHashMap<>();
  private long bytes;
  private int waitingCount;

  VerdictView(long maxBytes, int maxWaiting) {
    this.maxBytes = maxBytes;
    this.maxWaiting = maxWaiting;
  }

  /** A verdict of an earlier attempt at the scan is not the answer to this one. */
  synchronized void expect(String scanId, String attemptId) {
    expected.remove(scanId);
    expected.put(scanId, attemptId);
    if (expected.size() > MAX_EXPECTED) {
      expected.remove(expected.keySet().iterator().next());
    }
    Entry present = entries.get(scanId);
    if (present != null && !isExpected(scanId, present.attemptId())) {
      remove(scanId);
    }
  }

  void put(ScanVerdict verdict) {
    String json = VerdictJson.of(verdict);
    Entry entry =
        new Entry(
            verdict.getAsset(), verdict.getAttemptId(), json.getBytes(StandardCharsets.UTF_8));
    for (CompletableFuture<Entry> waiter : store(verdict.getScanId(), entry)) {
      waiter.complete(entry);
    }
  }

  synchronized void remove(String scanId) {
    Entry old = entries.remove(scanId);
    bytes -= old == null ? 0 : old.size();
  }

  synchronized Optional<Entry> find(String scanId) {
    return Optional.ofNullable(entries.get(scanId));
  }

  /**
   * Completes with the verdict once it is there; empty if as many wait as may. End it with {@link
   * #forget}.
   */
  synchronized Optional<CompletableFuture<Entry>> await(String scanId) {
    Entry present = entries.get(scanId);
    if (present != null) {
      return Optional.of(CompletableFuture.completedFuture(present));
    }
    if (waitingCount >= maxWaiting) {
      return Optional.empty();
    }
    waitingCount++;
    CompletableFuture<Entry> future = new CompletableFuture<>();
    waiting.computeIfAbsent(scanId, id -> new ArrayList<>(1)).add(future);
    return Optional.of(future);
  }

  /** Nobody waits on this future any more. */
  synchronized void forget(String scanId, CompletableFuture<Entry> future) {
    List<CompletableFuture<Entry>> all = waiting.get(scanId);
    if (all != null && all.remove(future)) {
      waitingCount--;
      if (all.isEmpty()) {
        waiting.remove(scanId);
      }
    }
  }

  /** Whether somebody waits for it. */
  synchronized boolean waiting(String scanId) {
    return waiting.containsKey(scanId);
  }

  private synchronized List<CompletableFuture<Entry>> store(String scanId, Entry entry) {
    if (!isExpected(scanId, entry.attemptId())) {
      return List.of();
    }
    remove(scanId);
    entries.put(scanId, entry);
    bytes += entry.size();
    while (bytes > maxBytes && entries.size() > 1) {
      remove(entries.keySet().iterator().next());
    }
    List<CompletableFuture<Entry>> waiters = waiting.remove(scanId);
    if (waiters == null) {
      return List.of();
    }
    waitingCount -= waiters.size();
    return waiters;
  }

  private boolean isExpected(String scanId, String attemptId) {
    String awaited = expected.get(scanId);
    return awaited == null || attemptId == null || attemptId.isEmpty() || awaited.equals(attemptId);
  }
}
