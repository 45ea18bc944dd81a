package dev.sluice.producers.publish;

import dev.sluice.producers.format.Formats;
import dev.sluice.producers.report.Report;
import dev.sluice.producers.report.ScanReader;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;

/** Chooses among all formats that there are. */
public final class FormatReaders implements ReaderChoice {
  private final Formats formats;

  public FormatReaders(Formats formats) {
    this.formats = formats;
  }

  @Override
  public ScanReader choose(Report report, String format)
      throws IOException, UnreadableReportException {
    if (format == null) {
      return formats.recognise(report);
    }
    return formats
        .byId(format)
        .orElseThrow(
            () ->
                new UnreadableReportException(
                    report.name()
                        + ": there is no such format; name one of "
                        + String.join(", ", formats.ids())
                        + ", or none to recognise it"));
  }
}
