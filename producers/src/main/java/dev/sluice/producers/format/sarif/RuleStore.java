package dev.sluice.producers.format.sarif;

import dev.sluice.producers.report.SpoolFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules of all runs, by place and by id. A container scanner writes one rule a vulnerability,
 * so there can be as many rules as results: what does not fit into a few MiB goes to a spool file,
 * and only two numbers a rule stay in memory. Rules are kept as bytes and not as objects: objects
 * that live this long cost the collector more than it costs to make them again.
 */
final class RuleStore implements Closeable {
  private static final int CHUNK = 256 << 10;
  private static final int CHUNKS = 32;
  private static final long SPOOLED = (long) CHUNK * CHUNKS;
  private static final int OFFSET_BITS = 40;
  private static final int CACHED = 64;

  private final List<byte[]> chunks = new ArrayList<>();
  private final RuleBytes scratch = RuleBytes.empty();
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
  private int used = CHUNK;
  private FileChannel spool;
  private ByteBuffer pending;
  private long written;
  private int runs;

  /** A number for the rules of one more run. */
  int newRun() {
    return runs++;
  }

  void add(int run, int component, int index, SarifRule rule) throws IOException {
    scratch.clear();
    rule.write(scratch);
    int length = scratch.length();
    long where = (long) length << OFFSET_BITS | (fits(length) ? remember(length) : spool(length));
    byPlace.putIfAbsent(place(run, component, index), where);
    if (rule.id() != null) {
      byId.putIfAbsent(hash(run, rule.id()), where);
    }
  }

  private boolean fits(int length) {
    return length <= CHUNK - used || (length <= CHUNK && chunks.size() < CHUNKS);
  }

  private long remember(int length) {
    if (length > CHUNK - used) {
      chunks.add(new byte[CHUNK]);
      used = 0;
    }
    long offset = (chunks.size() - 1L) * CHUNK + used;
    scratch.copyTo(chunks.get(chunks.size() - 1), used);
    used += length;
    return offset;
  }

  private long spool(int length) throws IOException {
    if (spool == null) {
      spool = SpoolFile.open(SpoolFile.defaultDirectory());
      pending = ByteBuffer.allocate(CHUNK);
    }
    if (pending.remaining() < length) {
      flush();
    }
    if (pending.capacity() < length) {
      pending = ByteBuffer.allocate(length);
    }
    long offset = SPOOLED + written + pending.position();
    scratch.copyTo(pending.array(), pending.position());
    pending.position(pending.position() + length);
    return offset;
  }

  private void flush() throws IOException {
    pending.flip();
    while (pending.hasRemaining()) {
      written += spool.write(pending, written);
    }
    pending.clear();
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

  private SarifRule load(long where) throws IOException {
    if (where == LongMap.ABSENT) {
      return null;
    }
    SarifRule cached = cache.get(where);
    if (cached == null) {
      cached = SarifRule.load(bytes(where));
      cache.put(where, cached);
    }
    return cached;
  }

  private RuleBytes bytes(long where) throws IOException {
    long offset = where & (1L << OFFSET_BITS) - 1;
    if (offset < SPOOLED) {
      return RuleBytes.of(chunks.get((int) (offset / CHUNK)), (int) (offset % CHUNK));
    }
    if (pending.position() > 0) {
      flush();
    }
    ByteBuffer buffer = ByteBuffer.allocate((int) (where >>> OFFSET_BITS));
    long position = offset - SPOOLED;
    while (buffer.hasRemaining()) {
      int n = spool.read(buffer, position);
      if (n < 0) {
        throw new IOException("the spool file of the rules was cut off");
      }
      position += n;
    }
    return RuleBytes.of(buffer.array(), 0);
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
