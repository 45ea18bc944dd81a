package dev.sluice.streams.topology;

import dev.sluice.streams.state.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** A store of Kafka Streams as a table. */
final class KeyValueTable implements Table {
  private final KeyValueStore<Bytes, byte[]> store;

  KeyValueTable(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  @Override
  public byte[] get(byte[] key) {
    return store.get(Bytes.wrap(key));
  }

  @Override
  public void put(byte[] key, byte[] value) {
    store.put(Bytes.wrap(key), value);
  }

  @Override
  public void delete(byte[] key) {
    store.delete(Bytes.wrap(key));
  }

  @Override
  public void write(List<Entry> rows) {
    List<KeyValue<Bytes, byte[]>> entries = new ArrayList<>(rows.size());
    rows.forEach(row -> entries.add(KeyValue.pair(Bytes.wrap(row.key()), row.value())));
    store.putAll(entries);
  }

  @Override
  public List<Entry> page(byte[] prefix, byte[] after, int limit) {
    List<Entry> page = new ArrayList<>();
    Bytes from = Bytes.wrap(after == null ? prefix : after);
    try (KeyValueIterator<Bytes, byte[]> entries = store.range(from, last(prefix))) {
      while (page.size() < limit && entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        byte[] key = entry.key.get();
        boolean inside =
            key.length >= prefix.length
                && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
        if (inside && (after == null || !Arrays.equals(key, after))) {
          page.add(new Entry(key, entry.value));
        }
      }
    }
    return page;
  }

  /** The first key behind all that begin with a prefix; ranges of Kafka Streams include it. */
  private static Bytes last(byte[] prefix) {
    byte[] next = prefix.clone();
    for (int i = next.length - 1; i >= 0; i--) {
      if (next[i] != (byte) 0xff) {
        next[i]++;
        return Bytes.wrap(Arrays.copyOf(next, i + 1));
      }
    }
    return null;
  }
}
