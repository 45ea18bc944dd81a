package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.service.DataDirectory;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.app.text.Json;
import dev.sluice.app.text.TextTable;
import dev.sluice.producers.token.IssuedToken;
import dev.sluice.producers.token.IssuedToken.Act;
import dev.sluice.producers.token.NewToken;
import dev.sluice.producers.token.Role;
import dev.sluice.producers.token.TokenFile;
import dev.sluice.producers.token.TokenFileException;
import dev.sluice.producers.token.TokenSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice tokens}. */
@Command(
    name = "tokens",
    description = {
      "Make, list and revoke tokens of the gateway: each has a role and the assets it is for.",
      "",
      "They are kept by hash in the file that gateway.token-file names, or in the data directory of"
          + " sluice up. A running gateway follows the file. Tokens of the settings file stay there."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice tokens create pay-ci --assets github.com/acme/pay --by alex",
      "  sluice tokens create board --role view --assets '*' --expires 90d --by alex",
      "  sluice tokens list",
      "  sluice tokens revoke pay-ci --by alex --reason 'was in a log'"
    })
final class TokensCommand implements Runnable {
  private final Console console;

  @Mixin private HelpOption help;
  @Spec private CommandSpec spec;

  TokensCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "create, list or revoke? sluice tokens --help explains them");
  }

  /** Which file it is about. */
  static final class FileOptions {
    @Mixin private SettingsOptions options;

    @Option(
        names = "--data-dir",
        paramLabel = "DIR",
        description = "Data directory of sluice up, instead of the data-dir of the settings.")
    private Path dataDir;

    private SluiceSettings settings() {
      return options.with("data-dir", dataDir, "--data-dir").load();
    }

    /** The file of the settings, else the one that sluice up has. */
    private TokenFile file(SluiceSettings settings) {
      Path named = settings.gateway().tokenFile();
      if (named != null && dataDir == null) {
        return new TokenFile(named);
      }
      if (!Files.isDirectory(settings.dataDir())) {
        throw new CommandFailure(
            ExitCode.USAGE,
            settings.dataDir()
                + ": there is no such data directory; start sluice up once, name it with"
                + " --data-dir, or set gateway.token-file for a gateway of its own");
      }
      return new TokenFile(DataDirectory.open(settings.dataDir()).tokens());
    }
  }

  /** A token as {@code --json} prints it. */
  record Row(
      String name,
      String role,
      List<String> assets,
      String state,
      String from,
      String created,
      String createdBy,
      String reason,
      String expires,
      String revoked,
      String revokedBy,
      String revokedReason) {}

  @Command(
      name = "create",
      description = {
        "Make a token and print it, once: standard output is the token and nothing else.",
        "From the first token on, every request to the gateway needs one."
      })
  int create(
      @Mixin HelpOption help,
      @Mixin FileOptions options,
      @Parameters(
              paramLabel = "NAME",
              description = "What it is called in lists and logs: letters, digits, _ and -.")
          String name,
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              defaultValue = "publish",
              description = "view, publish (default), accept or admin; each includes the former.")
          Role role,
      @Option(
              names = "--assets",
              paramLabel = "PREFIX",
              required = true,
              split = ",",
              description =
                  "Assets it is for, by prefix at a slash; * is every asset. May be repeated.")
          List<String> assets,
      @Option(
              names = "--expires",
              paramLabel = "TIME",
              converter = DurationOption.class,
              description = "How long it is good for, such as 90d; without it, until revoked.")
          Duration expires,
      @Mixin PersonOptions person) {
    SluiceSettings settings = options.settings();
    if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new CommandFailure(
          ExitCode.USAGE, "NAME: at most 64 letters, digits, _ and -, for example pay-ci");
    }
    if (settings.gateway().tokens().containsKey(name)) {
      throw new CommandFailure(
          ExitCode.USAGE, "the settings have a token " + name + " already; take another name");
    }
    if (expires != null && (expires.isZero() || expires.isNegative())) {
      throw new CommandFailure(ExitCode.USAGE, "--expires: must be more than nothing");
    }
    TokenFile file = options.file(settings);
    NewToken token = NewToken.random(new SecureRandom());
    Instant now = now();
    Instant end = expires == null ? null : now.plus(expires);
    TokenSettings grant = grant(token, role, assets);
    try {
      file.add(new IssuedToken(name, grant, new Act(now, person.by(), person.reason()), end, null));
    } catch (TokenFileException e) {
      throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
    }
    console.out().println(token.reveal());
    console
        .err()
        .println(
            "sluice: that is token "
                + name
                + ", role "
                + word(role)
                + ", for "
                + String.join(", ", grant.assets())
                + (end == null ? "" : ", until " + end)
                + "; it is not shown again");
    console.err().println("sluice: its hash is in " + file.path());
    return ExitCode.OK.code();
  }

  @Command(
      name = "list",
      description =
          "Show who may come in: tokens of the file and of the settings, never themselves.")
  int list(
      @Mixin HelpOption help,
      @Mixin FileOptions options,
      @Option(names = "--all", description = "Revoked and expired ones as well.") boolean all,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    SluiceSettings settings = options.settings();
    List<Row> rows = new ArrayList<>();
    settings.gateway().tokens().entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByKey())
        .forEach(each -> rows.add(configured(each.getKey(), each.getValue())));
    Instant now = now();
    try {
      for (IssuedToken token : options.file(settings).read()) {
        if (all || token.isLive(now)) {
          rows.add(row(token, now));
        }
      }
    } catch (TokenFileException e) {
      throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
    }
    if (json) {
      Json.print(console.out(), rows);
      return ExitCode.OK.code();
    }
    if (rows.isEmpty()) {
      console.out().println(all ? "no token was ever made" : "there is no token");
      return ExitCode.OK.code();
    }
    TextTable table =
        new TextTable(
                "name", "role", "assets", "state", "created", "by", "expires", "revoked", "by",
                "reason")
            .dense();
    rows.forEach(
        row ->
            table.row(
                row.name(),
                row.role(),
                String.join(", ", row.assets()),
                row.state(),
                row.created() == null ? row.from() : row.created(),
                row.createdBy(),
                row.expires(),
                row.revoked(),
                row.revokedBy(),
                row.revoked() == null ? row.reason() : row.revokedReason()));
    table.print(console.out(), "");
    return ExitCode.OK.code();
  }

  @Command(
      name = "revoke",
      description = "Take a token away: its next request is refused. Who did it, and why, is kept.")
  int revoke(
      @Mixin HelpOption help,
      @Mixin FileOptions options,
      @Parameters(paramLabel = "NAME", description = "Name, as list prints it.") String name,
      @Mixin PersonOptions person) {
    SluiceSettings settings = options.settings();
    if (settings.gateway().tokens().containsKey(name)) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "token "
              + name
              + " is in the settings: remove gateway.tokens."
              + name
              + " and start the gateway anew");
    }
    try {
      options.file(settings).revoke(name, new Act(now(), person.by(), person.needReason()));
    } catch (TokenFileException e) {
      throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
    }
    console.out().println("token " + name + " is revoked");
    return ExitCode.OK.code();
  }

  private static TokenSettings grant(NewToken token, Role role, List<String> assets) {
    try {
      return new TokenSettings(token.sha256(), role, assets);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, "--assets: " + e.getMessage(), e);
    }
  }

  private static Row configured(String name, TokenSettings token) {
    return new Row(
        name,
        word(token.role()),
        token.assets(),
        "live",
        "settings",
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static Row row(IssuedToken token, Instant now) {
    Act made = token.created();
    Act gone = token.revoked();
    return new Row(
        token.name(),
        word(token.grant().role()),
        token.grant().assets(),
        token.state(now),
        "file",
        made.at().toString(),
        made.by(),
        made.reason(),
        token.expires() == null ? null : token.expires().toString(),
        gone == null ? null : gone.at().toString(),
        gone == null ? null : gone.by(),
        gone == null ? null : gone.reason());
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  private static String word(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
