package dev.sluice.producers.inspect;

import dev.sluice.producers.format.Formats;
import dev.sluice.producers.report.DigestingReport;
import dev.sluice.producers.report.Report;
import dev.sluice.producers.report.Reports;
import dev.sluice.producers.report.ScanReader;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Counts what a report holds. Errors are part of the answer, never thrown. */
public final class Inspector {
  private final Formats formats;

  public Inspector(Formats formats) {
    this.formats = formats;
  }

  /**
   * Reads a file.
   *
   * @param format format id, or null to recognise it
   */
  public ReportSummary inspect(Path file, String format) {
    try (DigestingReport report = Reports.ofFileWithoutDigest(file)) {
      return inspect(report, format);
    } catch (NoSuchFileException e) {
      return SummaryHandler.failed(String.valueOf(file.getFileName()), file + ": no such file");
    } catch (IOException e) {
      return SummaryHandler.failed(String.valueOf(file.getFileName()), reason(e));
    }
  }

  /**
   * Reads a report.
   *
   * @param format format id, or null to recognise it
   */
  public ReportSummary inspect(Report report, String format) {
    SummaryHandler handler = new SummaryHandler();
    String id = format;
    try {
      ScanReader reader;
      if (format == null) {
        reader = formats.recognise(report);
      } else {
        Optional<ScanReader> named = formats.byId(format);
        if (named.isEmpty()) {
          return SummaryHandler.failed(
              report.name(),
              "unknown format '" + format + "'; known: " + String.join(", ", formats.ids()));
        }
        reader = named.get();
      }
      id = reader.format().id();
      reader.read(report, handler);
      return handler.summary(report.name(), id, null);
    } catch (UnreadableReportException e) {
      return handler.summary(report.name(), id, e.getMessage());
    } catch (IOException e) {
      return handler.summary(report.name(), id, report.name() + ": " + reason(e));
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
