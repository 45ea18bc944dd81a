package dev.sluice.producers.gateway;

import dev.sluice.events.ScanPurpose;
import dev.sluice.events.ScanVerdict;
import dev.sluice.producers.gate.EventJson;
import dev.sluice.producers.gate.Gate;
import dev.sluice.producers.publish.PublishResult;
import dev.sluice.producers.publish.ReportKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The newest verdicts, within a number of bytes, and who waits for one. For many threads. */
final class VerdictView {
  /** A verdict as few bytes. */
  record Entry(String asset, String attemptId, byte[] avro) {
    static Entry of(ScanVerdict verdict) {
      try {
        ByteBuffer bytes = verdict.toByteBuffer();
        byte[] avro = new byte[bytes.remaining()];
        bytes.get(avro);
        return new Entry(verdict.getAsset(), verdict.getAttemptId(), avro);
      } catch (IOException e) {
        throw new UncheckedIOException("memory cannot fail", e);
      }
    }

    ScanVerdict verdict() {
      try {
        return ScanVerdict.fromByteBuffer(ByteBuffer.wrap(avro));
      } catch (IOException e) {
        throw new UncheckedIOException("memory cannot fail", e);
      }
    }

    byte[] json() {
      return EventJson.of(verdict()).getBytes(StandardCharsets.UTF_8);
    }

    long size() {
      return avro.length + 300L;
    }
  }

  /** What was published by this gateway: which attempt, and whether its verdict has come. */
  private record Expected(String attemptId, Gate.Pending scan) {}

  /** Most attempts that are remembered to be awaited; each is two ids. */
  private static final int MAX_EXPECTED = 10_000;

  /** Before an asset's name where those who wait for any of its scans are kept; in no scan's id. */
  private static final String ASSET = "asset ";

  private final long maxBytes;
  private final int maxWaiting;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, Set<String>> ofAsset = new HashMap<>();
  private final Map<String, List<CompletableFuture<Entry>>> waiting = new HashMap<>();
  private final Map<String, Expected> expected = new LinkedHashMap<>();
  private long bytes;
  private int waitingCount;

  VerdictView(long maxBytes, int maxWaiting) {
    this.maxBytes = maxBytes;
    this.maxWaiting = maxWaiting;
  }

  /** A verdict of an earlier attempt at the scan is not the answer to this one. */
  synchronized void expect(PublishResult published) {
    String scanId = published.scanId();
    expected.remove(scanId);
    Entry present = entries.get(scanId);
    boolean decided = present != null && present.attemptId().equals(published.attemptId());
    expected.put(scanId, new Expected(published.attemptId(), decided ? null : pending(published)));
    if (expected.size() > MAX_EXPECTED) {
      expected.remove(expected.keySet().iterator().next());
    }
    if (present != null && !isExpected(scanId, present.attemptId())) {
      remove(scanId);
    }
  }

  private static Gate.Pending pending(PublishResult scan) {
    ReportKey key = scan.key();
    return new Gate.Pending(
        scan.scanId(),
        scan.tool(),
        scan.asset(),
        scan.unit(),
        scan.version(),
        key == null ? null : key.commit(),
        key == null ? null : key.digest(),
        key == null ? null : key.releaseLine(),
        key == null ? null : key.branch(),
        key == null ? ScanPurpose.UNKNOWN : key.purpose());
  }

  void put(ScanVerdict verdict) {
    Entry entry = Entry.of(verdict);
    for (CompletableFuture<Entry> waiter : store(verdict.getScanId(), entry)) {
      waiter.complete(entry);
    }
  }

  synchronized void remove(String scanId) {
    Entry old = entries.remove(scanId);
    if (old != null) {
      bytes -= old.size();
      Set<String> others = ofAsset.get(old.asset());
      others.remove(scanId);
      if (others.isEmpty()) {
        ofAsset.remove(old.asset());
      }
    }
  }

  synchronized Optional<Entry> find(String scanId) {
    return Optional.ofNullable(entries.get(scanId));
  }

  /** The verdicts on scans of an asset that are remembered. */
  synchronized List<ScanVerdict> ofAsset(String asset) {
    return ofAsset.getOrDefault(asset, Set.of()).stream()
        .map(id -> entries.get(id).verdict())
        .toList();
  }

  /** Scans of an asset that this gateway published and that have no verdict yet. */
  synchronized List<Gate.Pending> underWay(String asset) {
    return expected.values().stream()
        .map(Expected::scan)
        .filter(scan -> scan != null && scan.asset().equals(asset))
        .toList();
  }

  /** Completes with the next verdict on any scan of an asset; else as {@link #await}. */
  synchronized Optional<CompletableFuture<Entry>> awaitAsset(String asset) {
    return enlist(ASSET + asset);
  }

  /** As {@link #forget}, for {@link #awaitAsset}. */
  void forgetAsset(String asset, CompletableFuture<Entry> future) {
    forget(ASSET + asset, future);
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
    return enlist(scanId);
  }

  private Optional<CompletableFuture<Entry>> enlist(String key) {
    if (waitingCount >= maxWaiting) {
      return Optional.empty();
    }
    waitingCount++;
    CompletableFuture<Entry> future = new CompletableFuture<>();
    waiting.computeIfAbsent(key, id -> new ArrayList<>(1)).add(future);
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
    ofAsset.computeIfAbsent(entry.asset(), asset -> new LinkedHashSet<>()).add(scanId);
    bytes += entry.size();
    expected.computeIfPresent(scanId, (id, e) -> new Expected(e.attemptId(), null));
    while (bytes > maxBytes && entries.size() > 1) {
      remove(entries.keySet().iterator().next());
    }
    List<CompletableFuture<Entry>> waiters = new ArrayList<>();
    for (String key : List.of(scanId, ASSET + entry.asset())) {
      List<CompletableFuture<Entry>> some = waiting.remove(key);
      waiters.addAll(some == null ? List.of() : some);
    }
    waitingCount -= waiters.size();
    return waiters;
  }

  private boolean isExpected(String scanId, String attemptId) {
    Expected awaited = expected.get(scanId);
    return awaited == null
        || attemptId == null
        || attemptId.isEmpty()
        || awaited.attemptId().equals(attemptId);
  }
}
