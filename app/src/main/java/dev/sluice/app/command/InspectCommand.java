package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.LogSetup;
import dev.sluice.app.text.Json;
import dev.sluice.app.text.TextTable;
import dev.sluice.producers.format.Formats;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.inspect.Inspector;
import dev.sluice.producers.inspect.ReportSummary;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.DigestingReport;
import dev.sluice.producers.report.Reports;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice inspect}. */
@Command(
    name = "inspect",
    description = "Say what reports hold, without any server: format, observations, severities.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice inspect trivy.json codeql.sarif",
      "  grype -o json IMAGE | sluice inspect --json -",
    })
final class InspectCommand implements Callable<Integer> {
  private static final int SHOWN_WARNINGS = 5;

  private final Console console;

  @Mixin private HelpOption help;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Reports, patterns such as 'reports/*.json', or - for standard input.")
  private List<String> files;

  @Option(names = "--format", paramLabel = "ID", description = "Format, instead of recognising it.")
  private String format;

  @Option(names = "--json", description = "Print JSON: one entry a file, readable or not.")
  private boolean json;

  @Option(names = "--debug", description = "Show where a failure comes from.")
  private boolean debug;

  InspectCommand(Console console) {
    this.console = console;
  }

  /** One file as {@code --json} prints it; error is null for a usable report. */
  record Entry(
      String file,
      String tool,
      String format,
      long observations,
      Map<String, Long> byKind,
      Map<String, Long> bySeverity,
      List<String> warnings,
      String error) {}

  @Override
  public Integer call() {
    LogSetup.level(debug ? "DEBUG" : "ERROR");
    Formats formats = Formats.standard(new ReaderSettings(redactor()));
    if (format != null && formats.byId(format).isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "there is no format " + format + "; known are " + String.join(", ", formats.ids()));
    }
    Inspector inspector = new Inspector(formats);
    List<Entry> entries = new ArrayList<>();
    for (String file : ReportFiles.expand(files)) {
      Entry entry = entry(file, inspect(inspector, file));
      entries.add(entry);
      if (!json) {
        print(entry);
      }
    }
    if (json) {
      Json.print(console.out(), entries);
    }
    boolean allReadable = entries.stream().allMatch(entry -> entry.error() == null);
    return (allReadable ? ExitCode.OK : ExitCode.UNREADABLE).code();
  }

  /** Nothing that is hashed here leaves this process, so any key will do. */
  private static Redactor redactor() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return new Redactor(key, "none");
  }

  private ReportSummary inspect(Inspector inspector, String file) {
    if (!file.equals(ReportFiles.STDIN)) {
      try {
        return inspector.inspect(Path.of(file), format);
      } catch (InvalidPathException e) {
        return failed(file, file + ": is no path");
      }
    }
    try (DigestingReport report = Reports.ofStream("standard input", console.in())) {
      return inspector.inspect(report, format);
    } catch (IOException e) {
      return failed(file, "standard input: " + e.getMessage());
    }
  }

  private static ReportSummary failed(String file, String error) {
    return new ReportSummary(file, null, null, 0, Map.of(), Map.of(), List.of(), error, List.of());
  }

  private static Entry entry(String file, ReportSummary summary) {
    return new Entry(
        file,
        summary.tool(),
        summary.format(),
        summary.observations(),
        summary.byKind(),
        summary.bySeverity(),
        summary.warnings(),
        summary.error());
  }

  private void print(Entry entry) {
    if (entry.error() != null) {
      console
          .err()
          .println("sluice: " + TextTable.plain(ReportErrors.named(entry.file(), entry.error())));
      return;
    }
    console.out().println(TextTable.plain(entry.file()));
    console
        .out()
        .println(
            TextTable.plain(
                "  "
                    + (entry.tool() == null ? "" : entry.tool() + ", ")
                    + entry.format()
                    + ": "
                    + counted(entry.observations(), "observation")));
    counts("  by kind:     ", entry.byKind());
    counts("  by severity: ", entry.bySeverity());
    entry.warnings().stream()
        .limit(SHOWN_WARNINGS)
        .forEach(warning -> console.out().println(TextTable.plain("  warning: " + warning)));
    if (entry.warnings().size() > SHOWN_WARNINGS) {
      int more = entry.warnings().size() - SHOWN_WARNINGS;
      console.out().println("  " + counted(more, "warning") + " more; --json shows all");
    }
  }

  private void counts(String head, Map<String, Long> counts) {
    if (!counts.isEmpty()) {
      console
          .out()
          .println(
              counts.entrySet().stream()
                  .map(entry -> entry.getKey().replace('_', ' ') + " " + entry.getValue())
                  .collect(Collectors.joining(", ", head, "")));
    }
  }

  static String counted(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
