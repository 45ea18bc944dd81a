package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.LogSetup;
import dev.sluice.app.knowledge.KnowledgeDesk;
import dev.sluice.app.knowledge.Person;
import dev.sluice.app.text.Json;
import dev.sluice.app.text.TextTable;
import dev.sluice.events.AssetProfile;
import dev.sluice.events.PathOwner;
import dev.sluice.producers.asset.AssetNames;
import dev.sluice.producers.asset.AssetNaming;
import dev.sluice.streams.rules.asset.AssetsDocument;
import dev.sluice.streams.rules.asset.CodeOwners;
import dev.sluice.streams.rules.document.DocumentException;
import dev.sluice.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice assets}. */
@Command(
    name = "assets",
    description = {
      "Say of assets who owns them, whether they are released or only run, which scans they must get,"
          + " and how their gate judges (docs/assets.md).",
      "",
      "Decisions that it changes follow without a new scan."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice assets apply assets.yaml",
      "  sluice assets apply .github/CODEOWNERS --asset github.com/acme/ledger",
      "  sluice assets show --asset github.com/acme/ledger"
    })
final class AssetsCommand implements Runnable {
  private final Console console;

  @Mixin private HelpOption help;
  @Spec private CommandSpec spec;

  AssetsCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "apply or show? sluice assets --help explains both");
  }

  @Command(
      name = "apply",
      description = {
        "Keep what a file says; assets that it does not name stay as they are.",
        "With --asset the file is the CODEOWNERS of that repository, of GitHub or GitLab: it says who is"
            + " to act on what is found in which file.",
        "Nothing is kept if any of it cannot be read."
      })
  int apply(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Parameters(paramLabel = "FILE", description = "Assets as YAML, or a CODEOWNERS.") Path file,
      @Option(
              names = "--asset",
              paramLabel = "NAME",
              description = "The file is the CODEOWNERS of this repository.")
          String asset,
      @Option(
              names = "--by",
              paramLabel = "NAME",
              description = "Who changes it; by default this system's user name. It is recorded.")
          String by) {
    LogSetup.libraries("ERROR");
    String person = Person.here(by, null).name();
    String repository = asset == null ? null : named(asset);
    List<PathOwner> owners = asset == null ? List.of() : owners(repository, file);
    List<AssetProfile> read = asset == null ? read(file) : new ArrayList<>();
    KnowledgeDesk desk = new KnowledgeDesk(options.loadForOperator());
    Map<String, AssetProfile> before =
        desk.all(Topics.ASSETS, Comparator.comparing(AssetProfile::getAsset)).stream()
            .collect(Collectors.toMap(AssetProfile::getAsset, Function.identity()));
    if (asset == null) {
      read.forEach(each -> each.setPathOwners(pathOwners(before.get(each.getAsset()))));
    } else {
      read.add(owned(repository, owners, before.get(repository)));
    }
    List<AssetProfile> changed =
        read.stream().filter(each -> !same(each, before.get(each.getAsset()), person)).toList();
    desk.write(publisher -> changed.forEach(publisher::keep));
    changed.forEach(each -> console.out().println("kept " + each.getAsset()));
    console.out().println(changed.size() + " of " + read.size() + " assets changed");
    return ExitCode.OK.code();
  }

  private static List<AssetProfile> read(Path file) {
    try {
      return AssetsDocument.read(Files.readString(file), AssetsCommand::canonical);
    } catch (DocumentException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": cannot be read", e);
    }
  }

  /** The lasting name of an asset that was given as {@code --asset}. */
  static String named(String asset) {
    return canonical(asset)
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.USAGE,
                    "--asset: \""
                        + asset
                        + "\" names no asset; write an image in full, or a repository such as github.com/acme/ledger"));
  }

  private static List<PathOwner> owners(String repository, Path file) {
    try {
      return CodeOwners.read(repository, Files.readString(file));
    } catch (DocumentException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": cannot be read", e);
    }
  }

  /** Assets written as YAML say nothing of files: what a CODEOWNERS said stays. */
  private static List<PathOwner> pathOwners(AssetProfile before) {
    return before == null ? List.of() : before.getPathOwners();
  }

  private static AssetProfile owned(
      String repository, List<PathOwner> owners, AssetProfile before) {
    AssetProfile.Builder profile =
        before == null
            ? AssetProfile.newBuilder().setAsset(repository)
            : AssetProfile.newBuilder(before);
    return profile.setPathOwners(owners).build();
  }

  private static Optional<String> canonical(String spelling) {
    return AssetNames.canonical(spelling) instanceof AssetNaming.Named named
        ? Optional.of(named.asset().value())
        : Optional.empty();
  }

  /** Whether nothing but its own version, author and time differ; those are set here. */
  private static boolean same(AssetProfile profile, AssetProfile before, String by) {
    profile.setVersion(before == null ? 1 : before.getVersion());
    profile.setChangedAt(before == null ? null : before.getChangedAt());
    profile.setChangedBy(before == null ? null : before.getChangedBy());
    if (profile.equals(before)) {
      return true;
    }
    profile.setVersion(before == null ? 1 : before.getVersion() + 1);
    profile.setChangedAt(Instant.now());
    profile.setChangedBy(by);
    return false;
  }

  /** An asset as {@code --json} prints it. */
  record Row(
      String asset,
      String owner,
      String product,
      String role,
      String exposure,
      String baseLine,
      String adoption,
      String gate,
      boolean retired,
      List<String> units,
      List<String> expected,
      List<String> files) {}

  @Command(name = "show", description = "Show what was said of assets.")
  int show(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Option(names = "--asset", paramLabel = "NAME", description = "Only this asset.")
          String asset,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    LogSetup.libraries("ERROR");
    String wanted = asset == null ? null : canonical(asset).orElse(asset);
    List<Row> rows =
        new KnowledgeDesk(options.loadForOperator())
            .all(Topics.ASSETS, Comparator.comparing(AssetProfile::getAsset)).stream()
                .filter(each -> wanted == null || each.getAsset().equals(wanted))
                .map(AssetsCommand::row)
                .toList();
    if (json) {
      Json.print(console.out(), rows);
      return ExitCode.OK.code();
    }
    if (rows.isEmpty()) {
      console
          .out()
          .println(wanted == null ? "nothing was said of any asset" : wanted + ": nothing");
      return ExitCode.OK.code();
    }
    TextTable table =
        new TextTable("asset", "owner", "role", "exposure", "gate", "expected scans", "files", "")
            .dense();
    rows.forEach(
        row ->
            table.row(
                row.asset(),
                row.owner(),
                row.role(),
                row.exposure(),
                row.gate(),
                String.join(", ", row.expected()),
                row.files().isEmpty()
                    ? ""
                    : row.files().size() + (row.files().size() == 1 ? " rule" : " rules"),
                row.retired() ? "retired" : ""));
    table.print(console.out(), "");
    return ExitCode.OK.code();
  }

  private static Row row(AssetProfile profile) {
    return new Row(
        profile.getAsset(),
        profile.getOwner(),
        profile.getProduct(),
        word(profile.getRole()),
        word(profile.getExposure()),
        profile.getBaseLine(),
        word(profile.getAdoption()),
        word(profile.getGateMode()),
        profile.getRetired(),
        profile.getUnits().stream()
            .map(unit -> unit.getName() + (unit.getOwner() == null ? "" : " " + unit.getOwner()))
            .toList(),
        profile.getExpected().stream()
            .map(
                scan ->
                    scan.getScanner()
                        + (scan.getScope() == null ? "" : " " + scan.getScope())
                        + " every "
                        + scan.getCadenceHours()
                        + "h")
            .toList(),
        profile.getPathOwners().stream()
            .map(rule -> rule.getPattern() + (rule.getOwner() == null ? "" : " " + rule.getOwner()))
            .toList());
  }

  private static String word(Enum<?> value) {
    return value.name().equals("UNKNOWN")
        ? ""
        : value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
