package dev.sluice.producers.format.sarif;

import dev.sluice.producers.report.SpoolFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rules of all runs, by place and by id. A container scanner writes one rule a vulnerability,
 * so there can be as many rules as results: what does not fit into a few MiB goes to a spool file,
 * and only two numbers a rule stay in memory.
 */
final class RuleStore implements Closeable {
  private static final int MEMORY = 8 << 20;
  private static final int CACHED = 64;

  private final ByteArrayOutputStream memory = new ByteArrayOutputStream(64 * 1024);
  private final LongMap byPlace = new LongMap();
  private final LongMap byId = new LongMap();
  private final Map<Long, SarifRule> cache =
      new LinkedHashMap<>(CACHED * 2, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, SarifRule> eldest) {
          return size() > CACHED;
        }
      };
  private FileChannel spool;
  private byte[] frozen;
  private long size;
  private int runs;

  /** A number for the rules of one more run. */
  int newRun() {
    return runs++;
  }

  void add(int run, int component, int index, SarifRule rule) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      rule.write(out);
    }
    long offset = append(bytes.toByteArray());
    byPlace.putIfAbsent(place(run, component, index), offset);
    if (rule.id() != null) {
      byId.putIfAbsent(hash(run, rule.id()), offset);
    }
  }

  private long append(byte[] rule) throws IOException {
    byte[] record = ByteBuffer.allocate(4 + rule.length).putInt(rule.length).put(rule).array();
    long offset = size;
    if (spool == null && size + record.length <= MEMORY) {
      memory.writeBytes(record);
    } else {
      if (spool == null) {
        spool = SpoolFile.open(SpoolFile.defaultDirectory());
      }
      ByteBuffer buffer = ByteBuffer.wrap(record);
      long position = size - memory.size();
      while (buffer.hasRemaining()) {
        position += spool.write(buffer, position);
      }
    }
    size += record.length;
    return offset;
  }

  /** The rule at a place of a component; null if there is none. */
  SarifRule at(int run, int component, int index) throws IOException {
    return load(byPlace.get(place(run, component, index)));
  }

  /** The rule with an id; null if there is none. */
  SarifRule byId(int run, String id) throws IOException {
    SarifRule rule = load(byId.get(hash(run, id)));
    return rule != null && id.equals(rule.id()) ? rule : null;
  }

  private SarifRule load(long offset) throws IOException {
    if (offset == LongMap.ABSENT) {
      return null;
    }
    SarifRule cached = cache.get(offset);
    if (cached == null) {
      int length = ByteBuffer.wrap(bytes(offset, 4)).getInt();
      try (DataInputStream in =
          new DataInputStream(new ByteArrayInputStream(bytes(offset + 4, length)))) {
        cached = SarifRule.load(in);
      }
      cache.put(offset, cached);
    }
    return cached;
  }

  private byte[] bytes(long offset, int length) throws IOException {
    byte[] bytes = new byte[length];
    if (offset < memory.size()) {
      if (frozen == null || frozen.length != memory.size()) {
        frozen = memory.toByteArray();
      }
      System.arraycopy(frozen, (int) offset, bytes, 0, length);
      return bytes;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long position = offset - memory.size();
    while (buffer.hasRemaining()) {
      int n = spool.read(buffer, position);
      if (n < 0) {
        throw new IOException("the spool file of the rules was cut off");
      }
      position += n;
    }
    return bytes;
  }

  /** Runs are counted to 10,000, components and rules by the position in a list. */
  private static long place(int run, int component, int index) {
    return ((long) run << 48) | ((long) (component + 1 & 0xffff) << 32) | index;
  }

  private static long hash(int run, String id) {
    long hash = 0xcbf29ce484222325L ^ run;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
    }
    return hash ^ (hash >>> 29);
  }

  @Override
  public void close() throws IOException {
    if (spool != null) {
      spool.close();
    }
  }
}
