package dev.sluice.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class TopicsCommandTest {
  @Test
  void aHostThatDoesNotResolveIsUnreachable() {
    Run run = Run.of("topics", "check", "--bootstrap-servers", "nowhere.invalid:9092");

    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.err()).contains("nowhere.invalid:9092").doesNotContain("\tat ");
  }

  @Test
  void asksForWhatToDo() {
    assertThat(Run.of("topics").exit()).isEqualTo(2);
  }

  @Test
  void printsRightsAsAScriptWithThePrefix() {
    Run run =
        Run.of(
            "topics",
            "acls",
            "--service",
            "streams",
            "--principal",
            "streams=User:CN=streams,O=Acme Corp",
            "--set",
            "kafka.prefix=acme.",
            "--set",
            "streams.embargoed=false");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("#!/bin/sh\n")
        .contains(
            "kafka-acls.sh --bootstrap-server 127.0.0.1:9092 \"$@\" --add"
                + " --allow-principal 'User:CN=streams,O=Acme Corp'"
                + " --operation Read --operation Describe --topic acme.findings.observed.v1\n")
        .contains(" --transactional-id acme.sluice-streams-g --resource-pattern-type prefixed\n")
        .contains("--operation DescribeConfigs --topic acme.sluice-streams-g")
        .doesNotContain("embargoed");
  }

  @Test
  void printsEmbargoedRightsAlone() throws Exception {
    Run run = Run.of("topics", "acls", "--realm", "embargoed", "--service", "sinks", "--json");

    JsonNode sinks = new ObjectMapper().readTree(run.out()).get(0);
    assertThat(sinks.path("principal").asText()).isEqualTo("User:sluice-sinks");
    assertThat(sinks.findValuesAsText("name"))
        .contains("embargoed.findings.actionable.v1", "embargoed.dead-letters.v1")
        .doesNotContain("findings.actionable.v1");
  }

  @Test
  void aPrincipalNeedsItsType() {
    Run run = Run.of("topics", "acls", "--principal", "streams=bob");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("User:bob");
  }
}
