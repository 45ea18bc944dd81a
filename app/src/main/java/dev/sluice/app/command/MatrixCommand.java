package dev.sluice.app.command;

import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.knowledge.SupportMatrixFile;
import dev.sluice.app.text.Json;
import dev.sluice.app.text.TextTable;
import dev.sluice.events.SupportMatrix;
import dev.sluice.events.SupportedLine;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice matrix}. */
@Command(
    name = "matrix",
    description = "Read a table of supported versions as Sluice reads it.",
    footerHeading = "%nExample:%n",
    footer = "  sluice matrix check SECURITY.md")
final class MatrixCommand implements Runnable {
  private final Console console;

  @Mixin private HelpOption help;
  @Spec private CommandSpec spec;

  MatrixCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "check what? for example: sluice matrix check SECURITY.md");
  }

  /** A row as {@code --json} prints it; the output is an array of these. */
  record Row(
      String product,
      String range,
      String support,
      String until,
      int sourceLine,
      List<String> warnings) {}

  @Command(
      name = "check",
      description = {
        "Print what each row says, and what cannot be read for sure.",
        "Exit 3 if no row can be read."
      })
  int check(
      @Mixin HelpOption help,
      @Parameters(
              paramLabel = "FILE",
              description = "A SECURITY.md, JSON of endoflife.date, or YAML.")
          Path file,
      @Option(
              names = "--product",
              paramLabel = "NAME",
              defaultValue = "",
              description = "Product, where the document speaks of several.")
          String product,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    SupportMatrix matrix = SupportMatrixFile.read(product, file, Clock.systemUTC());
    List<Row> rows = matrix.getLines().stream().map(line -> row(product, line)).toList();
    if (json) {
      Json.print(console.out(), rows);
    } else {
      print(rows);
    }
    matrix
        .getWarnings()
        .forEach(warning -> console.err().println("sluice: " + TextTable.plain(warning)));
    boolean usable = rows.stream().anyMatch(row -> !row.support().equals("unknown"));
    return (usable ? ExitCode.OK : ExitCode.UNREADABLE).code();
  }

  private static Row row(String product, SupportedLine line) {
    return new Row(
        product,
        line.getRange(),
        line.getSupport().name().toLowerCase(Locale.ROOT),
        line.getUntil() == null ? null : line.getUntil().toString(),
        line.getSourceLine(),
        line.getWarnings());
  }

  private void print(List<Row> rows) {
    if (!rows.isEmpty()) {
      TextTable table = new TextTable("line", "versions", "support", "until", "").right(0);
      for (Row row : rows) {
        table.row(
            row.sourceLine(),
            row.range(),
            row.support(),
            row.until(),
            String.join("; ", row.warnings()));
      }
      table.print(console.out(), "");
    }
  }
}
