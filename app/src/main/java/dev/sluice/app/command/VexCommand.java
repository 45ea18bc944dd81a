package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.LogSetup;
import dev.sluice.app.knowledge.KnowledgeDesk;
import dev.sluice.app.text.Json;
import dev.sluice.events.Finding;
import dev.sluice.events.Suppression;
import dev.sluice.events.SuppressionKind;
import dev.sluice.streams.knowledge.ProposedChange;
import dev.sluice.streams.rules.document.DocumentException;
import dev.sluice.streams.rules.suppression.CycloneDxVexDocument;
import dev.sluice.streams.rules.suppression.OpenVexDocument;
import dev.sluice.streams.rules.suppression.VexFormats;
import dev.sluice.topics.Topics;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice vex}. */
@Command(
    name = "vex",
    description = {
      "VEX documents: what is not affected, and why. OpenVEX, CycloneDX and CSAF 2.0 are read; OpenVEX"
          + " and CycloneDX are written.",
      "",
      "A statement withholds a finding only if it names the product, or the package, in the version that is"
          + " there, on every release line that has the finding."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice vex check vendor.csaf.json",
      "  sluice vex load vendor.csaf.json ours.openvex.json",
      "  sluice vex export --asset registry.example/acme/pay --author security@acme.example"
    })
final class VexCommand implements Runnable {
  private static final Comparator<Suppression> ORDER = Comparator.comparing(Suppression::getId);
  private static final long LARGEST = 256L << 20;

  /** How decisions are written. */
  enum Format {
    OPENVEX,
    CYCLONEDX
  }

  private final Console console;

  @Mixin private HelpOption help;
  @Spec private CommandSpec spec;

  VexCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "check, load or export? sluice vex --help explains them");
  }

  @Command(name = "check", description = "Print what documents state, without any server.")
  int check(
      @Mixin HelpOption help,
      @Parameters(arity = "1..*", paramLabel = "FILE", description = "Documents.")
          List<Path> files) {
    for (Path file : files) {
      for (Suppression each : read(file)) {
        console
            .out()
            .println(
                each.getVulnerability()
                    + " "
                    + each.getVexStatus().name().toLowerCase(java.util.Locale.ROOT)
                    + " "
                    + String.join(", ", each.getProducts())
                    + (each.getSubcomponents().isEmpty()
                        ? ""
                        : " in " + String.join(", ", each.getSubcomponents())));
      }
    }
    return ExitCode.OK.code();
  }

  @Command(
      name = "load",
      description = {
        "Load documents; findings that they change are decided again without a new scan.",
        "What a document of the same name stated before and does not any more is taken away.",
        "Exit 1 if one would withhold more than 10 open items: it is held until a second person confirms"
            + " it (sluice changes)."
      })
  int load(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Mixin ProposerOptions proposer,
      @Parameters(arity = "1..*", paramLabel = "FILE", description = "Documents.")
          List<Path> files) {
    LogSetup.libraries("ERROR");
    Map<String, List<Suppression>> documents = new LinkedHashMap<>();
    for (Path file : files) {
      List<Suppression> statements = read(file);
      if (statements.isEmpty()) {
        throw new CommandFailure(
            ExitCode.UNREADABLE,
            file + ": states nothing about a product that can be told; nothing was loaded");
      }
      documents.put(String.valueOf(file.getFileName()), statements);
    }
    KnowledgeDesk desk = new KnowledgeDesk(options.loadForOperator());
    ExitCode exit = ExitCode.OK;
    for (Map.Entry<String, List<Suppression>> each : documents.entrySet()) {
      exit = exit.worse(load(desk, proposer, each.getKey(), each.getValue()));
    }
    return exit.code();
  }

  private ExitCode load(
      KnowledgeDesk desk, ProposerOptions proposer, String name, List<Suppression> statements) {
    Map<String, Suppression> before = new HashMap<>();
    desk.some(
            Topics.SUPPRESSIONS,
            each -> each.getKind() == SuppressionKind.VEX && name.equals(each.getSource()),
            ORDER)
        .forEach(each -> before.put(each.getId(), each));
    List<Suppression> changed = new ArrayList<>();
    for (Suppression each : statements) {
      Suppression was = before.remove(each.getId());
      if (was == null || !was.getVersion().equals(each.getVersion())) {
        each.setRecordedBy(proposer.name());
        changed.add(each);
      }
    }
    List<Suppression> gone = before.values().stream().sorted(ORDER).toList();
    String loaded =
        name
            + ": "
            + statements.size()
            + " statements, "
            + changed.size()
            + " new or changed, "
            + gone.size()
            + " gone";
    return proposer.offer(desk, console, ProposedChange.suppressions(name, changed, gone), loaded);
  }

  @Command(
      name = "export",
      description = "Print our decisions about an asset as VEX, for those who run it.")
  int export(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Option(names = "--asset", paramLabel = "NAME", required = true, description = "The asset.")
          String asset,
      @Option(
              names = "--author",
              paramLabel = "NAME",
              required = true,
              description = "Who answers for the document.")
          String author,
      @Option(
              names = "--format",
              paramLabel = "FORMAT",
              defaultValue = "openvex",
              description = "openvex, which names packages (default), or cyclonedx.")
          Format format) {
    LogSetup.libraries("ERROR");
    KnowledgeDesk desk = new KnowledgeDesk(options.loadForOperator());
    List<Finding> findings =
        desk.some(
            Topics.FINDINGS,
            finding -> finding.getAsset().equals(asset) && finding.getMovedTo() == null,
            Comparator.comparing(Finding::getId));
    if (findings.isEmpty()) {
      throw new CommandFailure(ExitCode.USAGE, "nothing was ever found in " + asset);
    }
    Json.print(
        console.out(),
        switch (format) {
          case OPENVEX -> OpenVexDocument.of(asset, author, findings, Instant.now());
          case CYCLONEDX -> CycloneDxVexDocument.of(asset, author, findings, Instant.now());
        });
    return ExitCode.OK.code();
  }

  private static List<Suppression> read(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new CommandFailure(ExitCode.UNREADABLE, file + ": is too large for a VEX document");
      }
      return VexFormats.read(String.valueOf(file.getFileName()), Files.readString(file));
    } catch (DocumentException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": there is no such file", e);
    } catch (CharacterCodingException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": is not UTF-8 text", e);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": cannot be read", e);
    }
  }
}
