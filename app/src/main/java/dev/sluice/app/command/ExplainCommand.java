package dev.sluice.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.client.Answers;
import dev.sluice.app.explain.Story;
import dev.sluice.app.text.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice explain}. */
@Command(
    name = "explain",
    description = {
      "Say why a finding or an item is what it is: who reports it and under which ids, which rule"
          + " decided on which facts, deadlines, what happened to it, tickets.",
      "",
      "An id may be shortened as far as it stays unique. The id of a vulnerability lists the"
          + " findings that carry it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice explain 3f0c2a91",
      "  sluice explain CVE-2021-44228",
      "  sluice explain 3f0c2a91 --at 2026-03-31"
    })
final class ExplainCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private HelpOption help;
  @Mixin private AskOptions asked;

  @Parameters(paramLabel = "ID", description = "A finding, an item, or a vulnerability.")
  private String id;

  @Option(
      names = "--at",
      paramLabel = "DATE",
      description = "The decision and what had happened as of then: 2026-03-31, or a time.")
  private String at;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("at", at);
    JsonNode answer =
        asked
            .open()
            .ask("/v1/explain/" + Answers.encode(id), parameters)
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.USAGE,
                        "no finding, item or vulnerability that you may see has the id "
                            + id
                            + "; sluice findings lists them"));
    if (json) {
      Json.print(console.out(), answer);
    } else {
      Story.of(answer).print(console.out());
    }
    return (answer.path("type").asText().equals("ambiguous") ? ExitCode.USAGE : ExitCode.OK).code();
  }
}
