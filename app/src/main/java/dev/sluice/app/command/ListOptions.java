package dev.sluice.app.command;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.client.Answers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a list is asked for, and page after page of the answer. */
final class ListOptions {
  private static final int PAGE = 200;
  private static final int ROWS = 100;

  @Mixin private AskOptions asked;

  @Option(
      names = "--asset",
      paramLabel = "NAME",
      description = "An asset's name, its beginning at a slash (github.com/acme), or its end.")
  private String asset;

  @Option(names = "--scanner", paramLabel = "NAME", description = "Claimed by this scanner.")
  private String scanner;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      split = ",",
      description = "open, withheld, accepted, resolved; items: open, resolved, withdrawn, …")
  private List<String> status = List.of();

  @Option(
      names = "--severity",
      paramLabel = "SEVERITY",
      split = ",",
      description = "critical, high, medium, unknown, low, negligible, none.")
  private List<String> severity = List.of();

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "vulnerable-package, code-weakness, secret, …; items: upgrade, finding, …")
  private String kind;

  @Option(
      names = "--cve",
      paramLabel = "ID",
      description = "Any id of the vulnerability: CVE, GHSA or the scanner's own.")
  private String cve;

  @Option(names = "--owner", paramLabel = "NAME", description = "Who is to act.")
  private String owner;

  @Option(
      names = {"--line", "--release-line"},
      paramLabel = "LINE",
      description = "On this release line, such as 5.x.")
  private String line;

  @Option(names = "--overdue", description = "Only what is open past its deadline.")
  private boolean overdue;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Rows at most; 0 is all. Default: 100 in a table, all in JSON.")
  private Integer limit;

  @Option(names = "--json", description = "Print an array of JSON objects.")
  private boolean json;

  boolean isJson() {
    return json;
  }

  /** Prints every row as an element of one array, while the pages come in. */
  void printJson(Console console, String subject) throws InterruptedException {
    try (JsonGenerator out =
        JsonMapper.builder()
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .build()
            .createGenerator(console.out())) {
      out.useDefaultPrettyPrinter();
      out.writeStartArray();
      pages(
          subject,
          limit == null ? 0 : limit,
          row -> {
            try {
              out.writeTree(row);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      out.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    console.out().println();
  }

  /** The rows of a table; a note says what is left out. */
  List<JsonNode> rows(Console console, String subject) throws InterruptedException {
    List<JsonNode> rows = new ArrayList<>();
    long total = pages(subject, limit == null ? ROWS : limit, rows::add);
    if (rows.size() < total) {
      console
          .err()
          .println("sluice: " + rows.size() + " of " + total + "; --limit 0 shows all of them");
    } else if (rows.isEmpty()) {
      console.err().println("sluice: none");
    }
    return rows;
  }

  private long pages(String subject, int most, Consumer<JsonNode> each)
      throws InterruptedException {
    if (most < 0) {
      throw new CommandFailure(ExitCode.USAGE, "--limit must be 0 or more");
    }
    Answers answers = asked.open();
    Map<String, String> parameters = parameters();
    int seen = 0;
    while (true) {
      int page = most == 0 ? PAGE : Math.min(PAGE, most - seen);
      parameters.put("limit", Integer.toString(page));
      JsonNode answer =
          answers
              .ask("/v1/" + subject, parameters)
              .orElseThrow(
                  () -> new CommandFailure(ExitCode.UNREACHABLE, "the gateway has no such list"));
      for (JsonNode row : answer.path(subject)) {
        each.accept(row);
        seen++;
      }
      String next = answer.path("next").asText(null);
      if (answer.path("next").isNull() || next == null || most != 0 && seen >= most) {
        return answer.path("total").asLong();
      }
      parameters.put("after", next);
    }
  }

  private Map<String, String> parameters() {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("asset", asset);
    parameters.put("scanner", scanner);
    parameters.put("status", status.isEmpty() ? null : String.join(",", status));
    parameters.put("severity", severity.isEmpty() ? null : String.join(",", severity));
    parameters.put("kind", kind);
    parameters.put("cve", cve);
    parameters.put("owner", owner);
    parameters.put("line", line);
    parameters.put("overdue", overdue ? "true" : null);
    return parameters;
  }
}
