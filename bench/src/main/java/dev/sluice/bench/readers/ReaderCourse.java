package dev.sluice.bench.readers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.sluice.bench.figure.Figures;
import dev.sluice.bench.figure.Ratio;
import dev.sluice.bench.invented.Advisories;
import dev.sluice.bench.invented.GrypeFile;
import dev.sluice.bench.invented.SarifFile;
import dev.sluice.bench.invented.TrivyFile;
import dev.sluice.bench.invented.Until;
import dev.sluice.events.Observation;
import dev.sluice.producers.format.Formats;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.DigestingReport;
import dev.sluice.producers.report.ReadWarning;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.Reports;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.ScanReader;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Readers against Jackson's bare token stream over the same file in the same round. The tokens are
 * only counted, no text is made of them; the reader recognises the format, decodes, redacts and
 * makes every observation. The digest that a publisher wants besides is measured apart. Time is
 * processor time of the reading thread with the pauses of the collector, so that what else runs on
 * the machine tells less.
 */
public final class ReaderCourse {
  /** Name of the ratio of the slowest reader. */
  static final String SLOWEST = "readers";

  static final double GOAL = 0.50;

  private static final long MIB = 1L << 20;

  private final Formats formats =
      Formats.standard(
          new ReaderSettings(
              new Redactor("0123456789abcdef".getBytes(StandardCharsets.UTF_8), "bench")));
  private final JsonFactory jackson = new JsonFactory();
  private final Duration pass;
  private final Map<String, List<Double>> ratios = new LinkedHashMap<>();
  private final Figures rates = new Figures();

  /** What one contestant does with a file; returns what it counted. */
  private interface Contestant {
    long run(Path file) throws IOException;
  }

  /**
   * @param pass how long each contestant reads a file over and over in a round, at least once
   */
  public ReaderCourse(Duration pass) {
    this.pass = pass;
  }

  /** Writes one report a format and lets both read them in turn. */
  public void run(long mebibytes, int rounds, Consumer<String> progress) throws IOException {
    Path folder = Files.createTempDirectory("sluice-bench");
    Map<String, Path> files = new LinkedHashMap<>();
    for (String name : List.of("trivy", "grype", "sarif")) {
      files.put(name, folder.resolve(name + ".json"));
    }
    try {
      Advisories advisories = new Advisories(3_000);
      Until size = Until.bytes(mebibytes * MIB);
      new TrivyFile(advisories).write(files.get("trivy"), size);
      new GrypeFile(advisories).write(files.get("grype"), size);
      new SarifFile(advisories).write(files.get("sarif"), Until.bytes(mebibytes * MIB * 3 / 5));
      run(files, rounds, progress);
    } finally {
      for (Path file : files.values()) {
        Files.deleteIfExists(file);
      }
      Files.delete(folder);
    }
  }

  /** Lets both read these files in turn, one warm-up and so many rounds that count. */
  public void run(Map<String, Path> files, int rounds, Consumer<String> progress)
      throws IOException {
    for (int round = -1; round < rounds; round++) {
      for (Map.Entry<String, Path> each : files.entrySet()) {
        boolean first = round % 2 == 0;
        double tokens = first ? rate(this::tokens, each.getValue()) : 0;
        double reader = rate(this::read, each.getValue());
        tokens = first ? tokens : rate(this::tokens, each.getValue());
        if (round >= 0) {
          ratios
              .computeIfAbsent(SLOWEST + "-" + each.getKey(), name -> new ArrayList<>())
              .add(reader / tokens);
          rates.add(each.getKey() + "-mib-per-second", reader / MIB);
          rates.add(each.getKey() + "-tokens-mib-per-second", tokens / MIB);
          rates.add(each.getKey() + "-bytes-allocated-per-observation", allocated(each));
        }
      }
      if (round >= 0) {
        rates.add("digest-mib-per-second", rate(this::digest, largest(files)) / MIB);
      }
      progress.accept(round < 0 ? "readers: warm" : "readers: round " + (round + 1));
    }
  }

  /** One ratio a format, and that of the slowest under the name of all. */
  public Map<String, Ratio> ratios() {
    Map<String, Ratio> all = new LinkedHashMap<>();
    ratios.forEach((name, values) -> all.put(name, Ratio.of(values, GOAL)));
    Ratio slowest = null;
    for (Ratio each : all.values()) {
      slowest = slowest == null || each.value() < slowest.value() ? each : slowest;
    }
    Map<String, Ratio> named = new LinkedHashMap<>();
    named.put(SLOWEST, slowest);
    named.putAll(all);
    return named;
  }

  /** Medians of rates and of what was allocated. */
  public Map<String, Double> absolutes() {
    return rates.medians();
  }

  private double rate(Contestant contestant, Path file) throws IOException {
    long bytes = Files.size(file);
    long start = spent();
    long read = 0;
    do {
      if (contestant.run(file) == 0) {
        throw new IllegalStateException("nothing was read");
      }
      read += bytes;
    } while (spent() - start < pass.toNanos());
    return read * 1e9 / (spent() - start);
  }

  /** Nanoseconds of this thread's work and of the collector's. */
  private static long spent() {
    long collected = 0;
    for (GarbageCollectorMXBean each : ManagementFactory.getGarbageCollectorMXBeans()) {
      collected += Math.max(0, each.getCollectionTime());
    }
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() + collected * 1_000_000;
  }

  private double allocated(Map.Entry<String, Path> file) throws IOException {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    long observations = read(file.getValue());
    return (threads.getCurrentThreadAllocatedBytes() - before) / (double) observations;
  }

  private long tokens(Path file) throws IOException {
    long count = 0;
    try (InputStream in = Files.newInputStream(file);
        JsonParser parser = jackson.createParser(in)) {
      while (parser.nextToken() != null) {
        count++;
      }
    }
    return count;
  }

  private static Path largest(Map<String, Path> files) throws IOException {
    Path largest = null;
    for (Path file : files.values()) {
      largest = largest == null || Files.size(file) > Files.size(largest) ? file : largest;
    }
    return largest;
  }

  private long digest(Path file) throws IOException {
    try (DigestingReport report = Reports.ofFile(file)) {
      return report.digest().length();
    }
  }

  private long read(Path file) throws IOException {
    Counter counter = new Counter();
    try (DigestingReport report = Reports.ofFileWithoutDigest(file)) {
      ScanReader reader = formats.recognise(report);
      reader.read(report, counter);
    } catch (UnreadableReportException e) {
      throw new IllegalStateException("a report of the benchmark is refused", e);
    }
    return counter.observations;
  }

  private static final class Counter implements ReportHandler {
    private long observations;

    @Override
    public void scan(ScanFacts facts) {}

    @Override
    public void observation(Observation observation) {
      observations++;
    }

    @Override
    public void componentsSeen(long count) {}

    @Override
    public void warning(ReadWarning warning) {}
  }
}
