package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.LogSetup;
import dev.sluice.app.knowledge.KnowledgeDesk;
import dev.sluice.events.Policy;
import dev.sluice.streams.knowledge.ProposedChange;
import dev.sluice.streams.rules.document.DocumentException;
import dev.sluice.streams.rules.policy.CompiledPolicy;
import dev.sluice.streams.rules.policy.PolicyTestResult;
import dev.sluice.topics.Topics;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice policy}. */
@Command(
    name = "policy",
    description = {
      "The rules by which Sluice decides what somebody must act on, and by when (docs/policy.md).",
      "",
      "A policy holds its own test cases; one that does not compile or fails a test is never applied."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice policy show > policy.yaml      begin with the one that holds",
      "  sluice policy test policy.yaml",
      "  sluice policy apply policy.yaml"
    })
final class PolicyCommand implements Runnable {
  private final Console console;

  @Mixin private HelpOption help;
  @Spec private CommandSpec spec;

  PolicyCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "check, test, apply or show? sluice policy --help explains them");
  }

  @Command(
      name = "check",
      description = "Compile a policy, without its tests. Exit 3 with the place if it does not.")
  int check(
      @Mixin HelpOption help,
      @Parameters(paramLabel = "FILE", description = "A policy as YAML.") Path file) {
    List<PolicyTestResult> tests = tests(file, text(file));
    console.out().println(file + ": compiles, with " + tests.size() + " test cases");
    return ExitCode.OK.code();
  }

  @Command(name = "test", description = "Run a policy's test cases. Exit 1 if one fails.")
  int test(
      @Mixin HelpOption help,
      @Parameters(paramLabel = "FILE", description = "A policy as YAML.") Path file) {
    List<PolicyTestResult> results = tests(file, text(file));
    for (PolicyTestResult result : results) {
      console
          .out()
          .println(
              (result.passed() ? "ok    " : "FAIL  ")
                  + result.name()
                  + (result.passed() ? "" : ": " + result.complaint()));
    }
    long failed = results.stream().filter(result -> !result.passed()).count();
    console.out().println((results.size() - failed) + " of " + results.size() + " hold");
    return (failed == 0 ? ExitCode.OK : ExitCode.POLICY).code();
  }

  @Command(
      name = "apply",
      description = {
        "Let a policy decide from now on; every finding is decided again.",
        "Exit 1 if it would withhold more than 10 open items: it is held until a second person confirms"
            + " it (sluice changes)."
      })
  int apply(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Mixin ProposerOptions proposer,
      @Parameters(paramLabel = "FILE", description = "A policy as YAML.") Path file) {
    LogSetup.libraries("ERROR");
    String document = text(file);
    try {
      CompiledPolicy.compile(document);
    } catch (DocumentException e) {
      throw refused(file, e);
    }
    KnowledgeDesk desk = new KnowledgeDesk(options.loadForOperator());
    return proposer
        .offer(desk, console, ProposedChange.policy(document), file + ": decides from now on")
        .code();
  }

  @Command(name = "show", description = "Print the policy that decides.")
  int show(@Mixin HelpOption help, @Mixin SettingsOptions options) {
    LogSetup.libraries("ERROR");
    List<Policy> policies =
        new KnowledgeDesk(options.loadForOperator())
            .all(Topics.POLICIES, Comparator.comparing(Policy::getName));
    String document =
        policies.stream()
            .filter(policy -> policy.getName().equals("default"))
            .map(Policy::getDocument)
            .findFirst()
            .orElseGet(CompiledPolicy::standardDocument);
    console.out().print(document.endsWith("\n") ? document : document + "\n");
    return ExitCode.OK.code();
  }

  private static List<PolicyTestResult> tests(Path file, String document) {
    try {
      return CompiledPolicy.test(document);
    } catch (DocumentException e) {
      throw refused(file, e);
    }
  }

  private static CommandFailure refused(Path file, DocumentException e) {
    return new CommandFailure(ExitCode.UNREADABLE, file + ": " + e.getMessage(), e);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": there is no such file", e);
    } catch (CharacterCodingException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": is not UTF-8 text", e);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": cannot be read", e);
    }
  }
}
