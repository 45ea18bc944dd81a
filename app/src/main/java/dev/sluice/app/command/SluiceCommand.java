package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.Version;
import dev.sluice.app.demo.DemoCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code sluice} command itself: help, and the edge at which failures become exit codes. */
@Command(
    name = "sluice",
    mixinStandardHelpOptions = true,
    versionProvider = SluiceCommand.BuildVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Every scanner's findings in, one piece of work out: deduplicated, weighed and in time.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the policy says that the build must not pass, or something waits for a person",
      "2:the command line or the settings are wrong",
      "3:a file is no usable report",
      "4:a server cannot be reached, or nobody can know"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice demo                                  see all of it work, on sample reports",
      "  sluice inspect report.json                   what a report holds, without any server",
      "  sluice publish report.json --asset github.com/acme/pay --version 5.2.1 --wait",
      "",
      "sluice COMMAND --help explains a command and shows an example."
    },
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      InspectCommand.class,
      PublishCommand.class,
      GateCommand.class,
      GatewayCommand.class,
      TokensCommand.class,
      ConfigCommand.class,
      StreamsCommand.class,
      SinksCommand.class,
      TicketsCommand.class,
      TopicsCommand.class,
      SchemasCommand.class,
      StatusCommand.class,
      RebuildCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      DeadLettersCommand.class,
      FindingsCommand.class,
      ItemsCommand.class,
      ExplainCommand.class,
      ScansCommand.class,
      DatabaseCommand.class,
      MatrixCommand.class,
      FeedsCommand.class,
      AssetsCommand.class,
      PolicyCommand.class,
      VexCommand.class,
      AcceptCommand.class,
      SuppressionsCommand.class,
      ChangesCommand.class,
      ReportCommand.class,
      BenchCommand.class,
      CompletionCommand.class,
      VersionCommand.class,
    })
public final class SluiceCommand implements Runnable {
  @Spec private CommandSpec spec;

  private SluiceCommand() {}

  /**
   * Runs a command line to its end.
   *
   * @return the exit code
   */
  public static int run(Console console, String... arguments) {
    CommandLine line = line(console);
    try {
      return line.execute(arguments);
    } finally {
      line.getOut().flush();
      line.getErr().flush();
      console.out().flush();
    }
  }

  static CommandLine line(Console console) {
    CommandLine line = new CommandLine(new SluiceCommand(), new Commands(console));
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setAbbreviatedOptionsAllowed(false);
    line.setParameterExceptionHandler(SluiceCommand::usage);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> failed(failure, console, parsed.originalArgs()));
    return line;
  }

  /** No command at all is a question for help, answered, and still wrong in a script. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "which command? sluice --help lists all of them");
  }

  private static int usage(ParameterException e, String[] arguments) {
    PrintWriter err = e.getCommandLine().getErr();
    String message = e.getMessage();
    err.println("sluice: " + Character.toLowerCase(message.charAt(0)) + message.substring(1));
    if (!UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println("try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    }
    return ExitCode.USAGE.code();
  }

  private static int failed(Exception failure, Console console, java.util.List<String> arguments) {
    boolean debug = arguments.contains("--debug");
    if (debug) {
      failure.printStackTrace(console.err());
    }
    if (failure instanceof CommandFailure expected) {
      expected.getMessage().lines().forEach(line -> console.err().println("sluice: " + line));
      return expected.exit().code();
    }
    console
        .err()
        .println(
            "sluice: this is a defect of Sluice: "
                + failure.getClass().getSimpleName()
                + (failure.getMessage() == null ? "" : ": " + failure.getMessage())
                + (debug ? "" : "\nsluice: add --debug to see where, and report it, please"));
    return ExitCode.DEFECT.code();
  }

  /** What {@code --version} prints. */
  static final class BuildVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "sluice " + Version.current(),
        "Java " + Runtime.version() + ", " + System.getProperty("java.vm.name")
      };
    }
  }

  /** Makes commands: each has the console and nothing else. */
  private static final class Commands implements CommandLine.IFactory {
    private final Console console;
    private final CommandLine.IFactory others = CommandLine.defaultFactory();

    private Commands(Console console) {
      this.console = console;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
      boolean takesConsole =
          Arrays.stream(type.getDeclaredConstructors())
              .anyMatch(c -> Arrays.equals(c.getParameterTypes(), new Class<?>[] {Console.class}));
      return takesConsole
          ? type.getDeclaredConstructor(Console.class).newInstance(console)
          : others.create(type);
    }
  }
}
