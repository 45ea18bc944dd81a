package dev.sluice.producers.publish;

import dev.sluice.producers.format.Formats;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.report.Report;
import dev.sluice.producers.report.ScanReader;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Chooses among all formats that there are. */
public final class FormatReaders implements ReaderChoice {
  private final ReaderSettings settings;
  private final Formats formats;

  public FormatReaders(ReaderSettings settings) {
    this.settings = settings;
    this.formats = Formats.standard(settings);
  }

  @Override
  public ScanReader choose(Report report, String format, String checkoutRoot)
      throws IOException, UnreadableReportException {
    return choose(checkoutRoot == null ? formats : below(checkoutRoot), report, format);
  }

  /** Readers hold settings and nothing else, so a set of them for one report costs little. */
  private Formats below(String checkoutRoot) {
    List<String> roots = new ArrayList<>(settings.checkoutRoots());
    roots.add(checkoutRoot);
    return Formats.standard(new ReaderSettings(settings.redactor(), roots));
  }

  private static ScanReader choose(Formats formats, Report report, String format)
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
