package dev.sluice.registry;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * A cache that loads each key once, also when many threads ask at the same moment: a hundred
 * partitions that start together make one request. A failure is told to all that wait and is not
 * kept.
 */
final class SingleFlight<K, V> {
  private final ConcurrentMap<K, CompletableFuture<V>> entries = new ConcurrentHashMap<>();

  V get(K key, Supplier<V> load) {
    CompletableFuture<V> found = entries.get(key);
    if (found == null) {
      CompletableFuture<V> mine = new CompletableFuture<>();
      found = entries.putIfAbsent(key, mine);
      if (found == null) {
        return load(key, load, mine);
      }
    }
    try {
      return found.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private V load(K key, Supplier<V> load, CompletableFuture<V> mine) {
    try {
      V value = load.get();
      mine.complete(value);
      return value;
    } catch (RuntimeException | Error e) {
      entries.remove(key, mine);
      mine.completeExceptionally(e);
      throw e;
    }
  }
}
