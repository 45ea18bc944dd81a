package dev.sluice.producers.format;

import dev.sluice.events.Observation;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.DigestingReport;
import dev.sluice.producers.report.ReadWarning;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.Reports;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.ScanReader;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that came out of one reading.
 *
 * @param refusal message of the one documented exception; null if the report was read
 */
public record Outcome(
    List<ScanFacts> scans,
    List<Observation> observations,
    List<ReadWarning> warnings,
    List<Long> componentsSeen,
    String refusal) {
  /** The redactor of all reader tests. */
  public static final Redactor REDACTOR =
      new Redactor("0123456789abcdef".getBytes(StandardCharsets.UTF_8), "test-key");

  private static final int LARGEST_RECORD = 900_000;

  public static final ReaderSettings SETTINGS = new ReaderSettings(REDACTOR);

  /** A sample of this package's resources. */
  public static byte[] sample(String name) {
    try (InputStream in = Outcome.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  public static Outcome of(ScanReader reader, String text) {
    return of(reader, text.getBytes(StandardCharsets.UTF_8));
  }

  public static Outcome of(ScanReader reader, byte[] bytes) {
    return of(reader, new ByteArrayInputStream(bytes));
  }

  /** Reads; any exception but the documented one fails the test that called. */
  public static Outcome of(ScanReader reader, InputStream in) {
    List<ScanFacts> scans = new ArrayList<>();
    List<Observation> observations = new ArrayList<>();
    List<ReadWarning> warnings = new ArrayList<>();
    List<Long> components = new ArrayList<>();
    ReportHandler handler =
        new ReportHandler() {
          @Override
          public void scan(ScanFacts facts) {
            scans.add(facts);
          }

          @Override
          public void observation(Observation observation) {
            if (scans.isEmpty()) {
              throw new AssertionError("an observation came before its scan");
            }
            check(observation);
            observations.add(observation);
          }

          @Override
          public void componentsSeen(long count) {
            components.add(count);
          }

          @Override
          public void warning(ReadWarning warning) {
            warnings.add(warning);
          }
        };
    String refusal = null;
    try (DigestingReport report = Reports.ofStream("report.json", in)) {
      reader.read(report, handler);
    } catch (UnreadableReportException e) {
      refusal = e.getMessage();
    } catch (IOException e) {
      throw new AssertionError("only UnreadableReportException is for bad reports", e);
    }
    return new Outcome(scans, observations, warnings, components, refusal);
  }

  /** Whether it can be put on the wire: nothing missing that must be there, and not too large. */
  private static void check(Observation observation) {
    try {
      int bytes = Observation.getEncoder().encode(observation).remaining();
      if (bytes > LARGEST_RECORD) {
        throw new AssertionError("an observation of " + bytes + " bytes");
      }
    } catch (IOException | RuntimeException e) {
      throw new AssertionError("an observation breaks the contract", e);
    }
  }

  public boolean read() {
    return refusal == null;
  }

  /** The only observation with this id. */
  public Observation only(String nativeId) {
    List<Observation> found =
        observations.stream().filter(o -> o.getNativeId().equals(nativeId)).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " observations of " + nativeId);
    }
    return found.get(0);
  }
}
