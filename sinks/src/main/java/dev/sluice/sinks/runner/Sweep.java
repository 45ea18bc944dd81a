package dev.sluice.sinks.runner;

import dev.sluice.events.ActionItem;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One walk through the states of all items of some partitions. It reads twice: first to learn which
 * state of each item is the last, then to hand out those that are wanted. Memory is a key and an
 * offset for each of them.
 */
final class Sweep implements AutoCloseable {
  private static final Duration WAIT = Duration.ofMillis(10);

  private final Map<Integer, Claim> claims;
  private final ItemStates.Cursor cursor;
  private final BiPredicate<Claim, ActionItem> wanted;
  private final Map<Integer, Map<ByteBuffer, Long>> last = new HashMap<>();
  private boolean sending;

  /** Takes an item that is wanted, in its last state. */
  interface Taker {
    void take(Claim claim, ConsumerRecord<byte[], byte[]> raw, ActionItem item);
  }

  Sweep(Collection<Claim> claims, ItemStates states, BiPredicate<Claim, ActionItem> wanted) {
    this.claims =
        claims.stream().collect(Collectors.toMap(claim -> claim.partition().partition(), c -> c));
    this.cursor = states.read(Set.copyOf(this.claims.keySet()));
    this.wanted = wanted;
  }

  Collection<Claim> claims() {
    return claims.values();
  }

  /**
   * Goes on a little.
   *
   * @return whether it has come to its end
   */
  boolean step(Taker taker) {
    for (ItemStates.State state : cursor.next(WAIT)) {
      if (sending) {
        send(state, taker);
      } else {
        learn(state);
      }
    }
    if (!cursor.isAtEnd()) {
      return false;
    }
    if (sending || last.isEmpty()) {
      return true;
    }
    sending = true;
    Map<Integer, Long> first = new HashMap<>();
    last.forEach(
        (partition, offsets) ->
            offsets.values().forEach(offset -> first.merge(partition, offset, Math::min)));
    cursor.back(first);
    return false;
  }

  private void learn(ItemStates.State state) {
    ConsumerRecord<byte[], byte[]> raw = state.raw();
    Claim claim = claims.get(raw.partition());
    Map<ByteBuffer, Long> offsets = last.get(raw.partition());
    if (state.item().isPresent() && wanted.test(claim, state.item().get())) {
      last.computeIfAbsent(raw.partition(), number -> new HashMap<>())
          .put(ByteBuffer.wrap(raw.key()), raw.offset());
    } else if (offsets != null && raw.key() != null) {
      offsets.remove(ByteBuffer.wrap(raw.key()));
      if (offsets.isEmpty()) {
        last.remove(raw.partition());
      }
    }
  }

  private void send(ItemStates.State state, Taker taker) {
    ConsumerRecord<byte[], byte[]> raw = state.raw();
    Map<ByteBuffer, Long> offsets = last.get(raw.partition());
    boolean isLast =
        offsets != null
            && raw.key() != null
            && Long.valueOf(raw.offset()).equals(offsets.get(ByteBuffer.wrap(raw.key())));
    if (isLast && state.item().isPresent()) {
      taker.take(claims.get(raw.partition()), raw, state.item().get());
    }
  }

  @Override
  public void close() {
    cursor.close();
  }
}
