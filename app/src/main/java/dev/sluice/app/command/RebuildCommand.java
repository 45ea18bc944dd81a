package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.streams.generation.CarriedOver;
import dev.sluice.streams.generation.Generation;
import dev.sluice.streams.generation.GenerationException;
import dev.sluice.streams.generation.GenerationPlan;
import dev.sluice.streams.generation.Rebuild;
import dev.sluice.topics.BrokerUnavailableException;
import dev.sluice.topics.Topics.Realm;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice rebuild}. */
@Command(
    name = "rebuild",
    description = {
      "Carry the state of the topology into a new generation, ahead of its first start: for a"
          + " release that cannot go on from the state that is there.",
      "--plan says what would be copied and changes nothing. --apply does it; every instance of"
          + " the topology must be stopped, and it refuses while one runs. The old generation"
          + " stays, and is the way back."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice rebuild --plan",
      "  sluice rebuild --apply && sluice streams --set streams.generation=2",
      "  sluice rebuild --apply --data-dir /var/lib/sluice"
    })
final class RebuildCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private HelpOption help;
  @Mixin private SettingsOptions options;
  @Mixin private MachineOptions machine;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Deed deed;

  @Option(
      names = "--to",
      paramLabel = "N",
      description =
          "Number of the new generation; else streams.generation if that is higher than the one"
              + " that lives, else the next.")
  private Integer to;

  private static final class Deed {
    @Option(names = "--plan", description = "Say what would be copied; change nothing.")
    private boolean plan;

    @Option(names = "--apply", description = "Copy it.")
    private boolean apply;
  }

  RebuildCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return machine.with(options, console, false, this::rebuild);
  }

  private int rebuild(SluiceSettings settings) {
    try (Rebuild rebuild = new Rebuild(settings.kafka())) {
      List<GenerationPlan> plans = plans(rebuild, settings);
      if (plans.isEmpty()) {
        console.out().println("no generation has state: nothing to carry over; start the services");
        return ExitCode.OK.code();
      }
      for (GenerationPlan plan : plans) {
        console.out().print(plan.describe());
        console
            .out()
            .println("  cost: what is there is read twice and written once; the old stays");
      }
      if (deed.plan) {
        return ExitCode.OK.code();
      }
      for (GenerationPlan plan : plans) {
        CarriedOver done = rebuild.apply(plan);
        console.out().println("carried over to " + plan.to() + ": " + done.copied() + " rows");
      }
      console
          .out()
          .println("start the services with streams.generation=" + plans.get(0).to().number());
      return ExitCode.OK.code();
    } catch (GenerationException e) {
      throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
    } catch (BrokerUnavailableException e) {
      throw new CommandFailure(ExitCode.UNREACHABLE, e.getMessage(), e);
    }
  }

  private List<GenerationPlan> plans(Rebuild rebuild, SluiceSettings settings) {
    int living = 0;
    for (Realm realm : Realm.values()) {
      living = Math.max(living, rebuild.living(realm).map(Generation::number).orElse(0));
    }
    int target =
        to != null
            ? to
            : settings.streams().generation() > living
                ? settings.streams().generation()
                : living + 1;
    List<GenerationPlan> plans = new ArrayList<>();
    for (Realm realm : Realm.values()) {
      rebuild.plan(realm, OptionalInt.of(target)).ifPresent(plans::add);
    }
    return plans;
  }
}
