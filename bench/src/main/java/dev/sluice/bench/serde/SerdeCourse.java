package dev.sluice.bench.serde;

import dev.sluice.bench.figure.Figures;
import dev.sluice.bench.figure.Ratio;
import dev.sluice.bench.figure.Results;
import dev.sluice.bench.invented.Reports;
import dev.sluice.events.ScanEvent;
import dev.sluice.registry.CompatibilityLevel;
import dev.sluice.registry.InMemoryRegistry;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.topics.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Our serializer and deserializer of {@code findings.observed.v1} against bare Avro on the same
 * events: a datum writer and reader of the generated class with coders and buffer used again. What
 * ours does besides is the registry's id in front, the check of it, and the projection. Time is
 * processor time of this thread.
 */
public final class SerdeCourse {
  public static final String NAME = "serde";

  private static final double GOAL = 0.90;

  private final List<ScanEvent> events = new ArrayList<>();
  private final List<byte[]> encoded = new ArrayList<>();
  private final List<byte[]> bare = new ArrayList<>();
  private final Figures figures = new Figures();
  private final long pass;
  private final Serializer<ScanEvent> serializer;
  private final Deserializer<ScanEvent> deserializer;
  private final DatumWriter<ScanEvent> writer = new SpecificDatumWriter<>(ScanEvent.class);
  private final DatumReader<ScanEvent> reader = new SpecificDatumReader<>(ScanEvent.class);
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(4096);
  private BinaryEncoder encoder;
  private BinaryDecoder decoder;

  /** Goes through all events once; returns the bytes it made or read. */
  private interface Work {
    long run() throws IOException;
  }

  /**
   * @param pass how long each contestant goes over the events again and again in a round, at least
   *     once
   */
  public SerdeCourse(Duration pass) throws IOException {
    this.pass = pass.toNanos();
    AvroSerdes serdes =
        AvroSerdes.of(
            new RegistrySettings("http://127.0.0.1", Map.of()),
            new InMemoryRegistry(CompatibilityLevel.FULL_TRANSITIVE));
    serializer = serdes.forTopic(Topics.OBSERVED).serializer();
    deserializer = serdes.forTopic(Topics.OBSERVED).deserializer();
    new Reports(400, Instant.parse("2026-03-01T08:00:00Z")).scan(1, 0, events::add);
    String topic = Topics.OBSERVED.name();
    events.forEach(event -> encoded.add(serializer.serialize(topic, event)));
    for (ScanEvent event : events) {
      bare.add(encode(event));
    }
  }

  /** One warm-up and so many rounds that count. */
  public void run(int rounds, Results results) throws IOException {
    for (int round = -1; round < rounds; round++) {
      boolean first = round % 2 == 0;
      double plain = first ? rate(this::encodeAll) : 0;
      double ours = rate(this::serializeAll);
      plain = first ? plain : rate(this::encodeAll);
      double plainRead = first ? rate(this::decodeAll) : 0;
      double oursRead = rate(this::deserializeAll);
      plainRead = first ? plainRead : rate(this::decodeAll);
      if (round >= 0) {
        figures.add("serialize", ours / plain);
        figures.add("deserialize", oursRead / plainRead);
        figures.add("serialize-events-per-second", ours);
        figures.add("deserialize-events-per-second", oursRead);
      }
    }
    Ratio write = Ratio.of(figures.of("serialize"), GOAL);
    Ratio read = Ratio.of(figures.of("deserialize"), GOAL);
    results.ratios().put(NAME, write.value() < read.value() ? write : read);
    results.ratios().put("serde-serialize", write);
    results.ratios().put("serde-deserialize", read);
    for (String each : List.of("serialize-events-per-second", "deserialize-events-per-second")) {
      results.absolutes().put(each, Ratio.median(figures.of(each)));
    }
  }

  /** Events a second. */
  private double rate(Work work) throws IOException {
    long start = spent();
    long done = 0;
    do {
      if (work.run() == 0) {
        throw new IllegalStateException("nothing was encoded or decoded");
      }
      done += events.size();
    } while (spent() - start < pass);
    return done * 1e9 / (spent() - start);
  }

  private static long spent() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private long serializeAll() {
    long bytes = 0;
    for (ScanEvent event : events) {
      bytes += serializer.serialize(Topics.OBSERVED.name(), event).length;
    }
    return bytes;
  }

  private long encodeAll() throws IOException {
    long bytes = 0;
    for (ScanEvent event : events) {
      bytes += encode(event).length;
    }
    return bytes;
  }

  private byte[] encode(ScanEvent event) throws IOException {
    buffer.reset();
    encoder = EncoderFactory.get().binaryEncoder(buffer, encoder);
    writer.write(event, encoder);
    encoder.flush();
    return buffer.toByteArray();
  }

  private long deserializeAll() {
    long count = 0;
    for (byte[] each : encoded) {
      count += deserializer.deserialize(Topics.OBSERVED.name(), each).getAsset().length();
    }
    return count;
  }

  private long decodeAll() throws IOException {
    long count = 0;
    for (byte[] each : bare) {
      decoder = DecoderFactory.get().binaryDecoder(each, decoder);
      count += reader.read(null, decoder).getAsset().length();
    }
    return count;
  }
}
