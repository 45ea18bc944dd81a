package dev.sluice.app.service;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.knowledge.Guard;
import dev.sluice.app.knowledge.KnowledgeDesk;
import dev.sluice.app.knowledge.Person;
import dev.sluice.app.knowledge.SupportMatrixFile;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.events.KnowledgeChange;
import dev.sluice.streams.knowledge.ProposedChange;
import dev.sluice.streams.rules.document.DocumentException;
import dev.sluice.streams.rules.policy.CompiledPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.TreeMap;

/**
 * Support matrices and the policy that the settings name. What would withhold much is held, and
 * what held before goes on: no reason not to start.
 */
final class StartingKnowledge {
  private final Guard guard;
  private final Console console;

  private StartingKnowledge(Guard guard, Console console) {
    this.guard = guard;
    this.console = console;
  }

  /**
   * Loads what the settings name.
   *
   * @throws CommandFailure if a file cannot be read, or the policy does not compile
   */
  static void load(SluiceSettings settings, Clock clock, Console console) {
    StartingKnowledge start =
        new StartingKnowledge(new Guard(new KnowledgeDesk(settings), clock), console);
    new TreeMap<>(settings.up().supportMatrix())
        .forEach(
            (product, file) ->
                start.offer(
                    "up.support-matrix: " + file,
                    ProposedChange.matrix(SupportMatrixFile.read(product, Path.of(file), clock))));
    Path policy = settings.up().policy();
    if (policy != null) {
      start.offer("up.policy: " + policy, ProposedChange.policy(read(policy)));
    }
  }

  private static String read(Path policy) {
    try {
      String document = Files.readString(policy);
      CompiledPolicy.compile(document);
      return document;
    } catch (DocumentException e) {
      throw new CommandFailure(ExitCode.USAGE, policy + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, "up.policy: " + policy + " cannot be read", e);
    }
  }

  private void offer(String setting, ProposedChange change) {
    Guard.Outcome outcome =
        guard.offerAtStart(change, Person.here(null, setting + ", at start of sluice up"));
    if (outcome instanceof Guard.Held held) {
      KnowledgeChange waits = held.change();
      console
          .err()
          .println(
              "sluice: "
                  + setting
                  + " is held, and what was loaded before goes on: it would withhold "
                  + waits.getWithheldItems()
                  + " of "
                  + waits.getOpenItems()
                  + " open items; see sluice changes show "
                  + waits.getId());
    } else if (outcome instanceof Guard.Refused refused) {
      KnowledgeChange rejected = refused.change();
      console
          .err()
          .println(
              "sluice: "
                  + setting
                  + " was rejected by "
                  + rejected.getDecidedBy()
                  + " ("
                  + rejected.getDecidedReason()
                  + "), and what was loaded before goes on; see sluice changes show "
                  + rejected.getId());
    }
  }
}
