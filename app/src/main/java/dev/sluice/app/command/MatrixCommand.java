package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.LogSetup;
import dev.sluice.app.knowledge.KnowledgeDesk;
import dev.sluice.app.knowledge.SupportMatrixFile;
import dev.sluice.app.text.Json;
import dev.sluice.app.text.TextTable;
import dev.sluice.events.Support;
import dev.sluice.events.SupportMatrix;
import dev.sluice.events.SupportedLine;
import dev.sluice.streams.knowledge.ProposedChange;
import dev.sluice.topics.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
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
    description = {
      "Which versions of a product are supported: see how a file is read, load it, show what holds.",
      "",
      "A file is a SECURITY.md, JSON of endoflife.date, or YAML (docs/policy.md)."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice matrix check SECURITY.md",
      "  sluice matrix load SECURITY.md --product registry.example/acme/pay",
      "  sluice matrix show --product registry.example/acme/pay"
    })
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
        spec.commandLine(), "check, load or show? sluice matrix --help explains them");
  }

  /**
   * A row as {@code --json} prints it; the output is an array of these. Support is that of today;
   * {@code until} is the last supported day, also where it is past.
   */
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
    print(matrix, json);
    warn(matrix);
    return (isUsable(matrix) ? ExitCode.OK : ExitCode.UNREADABLE).code();
  }

  @Command(
      name = "load",
      description = {
        "Load the matrix of a product; decisions that it changes follow without a new scan.",
        "Exit 3, and load nothing, if no row can be read. Exit 1 if it would withhold more than 10 open"
            + " items: it is held until a second person confirms it (sluice changes)."
      })
  int load(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Mixin ProposerOptions proposer,
      @Parameters(paramLabel = "FILE", description = "The file.") Path file,
      @Option(
              names = "--product",
              paramLabel = "NAME",
              required = true,
              description = "Product: an asset's name, or the one that its profile says.")
          String product) {
    LogSetup.libraries("ERROR");
    SupportMatrix matrix = SupportMatrixFile.read(product, file, Clock.systemUTC());
    warn(matrix);
    if (!isUsable(matrix) && matrix.getPairs().isEmpty()) {
      throw new CommandFailure(
          ExitCode.UNREADABLE,
          file + ": no row says for sure what is supported; nothing was loaded");
    }
    KnowledgeDesk desk = new KnowledgeDesk(options.loadForOperator());
    String loaded =
        product
            + ": "
            + matrix.getLines().size()
            + " lines and "
            + matrix.getPairs().size()
            + " pairs of chart and image loaded";
    return proposer.offer(desk, console, ProposedChange.matrix(matrix), loaded).code();
  }

  @Command(name = "show", description = "Show the matrices that hold, or the one of a product.")
  int show(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Option(names = "--product", paramLabel = "NAME", description = "Only this product.")
          String product,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    LogSetup.libraries("ERROR");
    List<SupportMatrix> matrices =
        new KnowledgeDesk(options.loadForOperator())
            .all(Topics.SUPPORT_MATRIX, Comparator.comparing(SupportMatrix::getProduct)).stream()
                .filter(each -> product == null || each.getProduct().equals(product))
                .toList();
    if (json) {
      Json.print(console.out(), matrices.stream().flatMap(each -> rows(each).stream()).toList());
      return ExitCode.OK.code();
    }
    if (matrices.isEmpty()) {
      console.out().println(product == null ? "no matrix was loaded" : product + " has no matrix");
    }
    for (SupportMatrix matrix : matrices) {
      console
          .out()
          .println(
              TextTable.plain(
                  matrix.getProduct()
                      + " (from "
                      + matrix.getSource()
                      + ", loaded "
                      + matrix.getLoadedAt()
                      + (matrix.getLoadedBy() == null ? "" : " by " + matrix.getLoadedBy())
                      + ")"));
      print(matrix, false);
      warn(matrix);
    }
    return ExitCode.OK.code();
  }

  private static boolean isUsable(SupportMatrix matrix) {
    return matrix.getLines().stream().anyMatch(line -> line.getSupport() != Support.UNKNOWN);
  }

  private void warn(SupportMatrix matrix) {
    matrix
        .getWarnings()
        .forEach(warning -> console.err().println("sluice: " + TextTable.plain(warning)));
  }

  private static List<Row> rows(SupportMatrix matrix) {
    return matrix.getLines().stream().map(line -> row(matrix.getProduct(), line)).toList();
  }

  private static Row row(String product, SupportedLine line) {
    return new Row(
        product,
        line.getRange(),
        supportToday(line).name().toLowerCase(Locale.ROOT),
        line.getUntil() == null ? null : line.getUntil().toString(),
        line.getSourceLine(),
        line.getWarnings());
  }

  /** Dates take effect by the clock: a row whose last day is past is supported no longer. */
  private static Support supportToday(SupportedLine line) {
    boolean over =
        line.getSupport() == Support.SUPPORTED
            && line.getUntil() != null
            && line.getUntil().isBefore(LocalDate.now(ZoneOffset.UTC));
    return over ? Support.UNSUPPORTED : line.getSupport();
  }

  private void print(SupportMatrix matrix, boolean json) {
    List<Row> rows = rows(matrix);
    if (json) {
      Json.print(console.out(), rows);
      return;
    }
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
    if (!matrix.getPairs().isEmpty()) {
      TextTable table = new TextTable("chart", "versions", "image", "versions");
      matrix
          .getPairs()
          .forEach(
              pair ->
                  table.row(
                      pair.getChart(),
                      pair.getChartVersions(),
                      pair.getImage(),
                      pair.getImageVersions()));
      table.print(console.out(), "");
    }
  }
}
