package dev.sluice.producers.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.events.Finding;
import dev.sluice.events.ScanVerdict;
import dev.sluice.producers.gate.EventJson;
import dev.sluice.producers.gate.Gate;
import dev.sluice.producers.gate.GateAnswer;
import dev.sluice.producers.gate.GateFinding;
import dev.sluice.producers.gate.GateFinding.Standing;
import dev.sluice.producers.gate.GateQuestion;
import dev.sluice.producers.gateway.Lookup.Question;
import dev.sluice.producers.gateway.Lookup.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Answers the gate's question from the verdicts that are remembered and, where there is a read
 * model, from the older ones and from how findings stand now.
 */
final class GateDesk {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Recall recall;
  private final Supplier<Lookup> lookup;

  GateDesk(Recall recall, Supplier<Lookup> lookup) {
    this.recall = recall;
    this.lookup = lookup;
  }

  /** Verdicts on the asset's scans that the gateway itself need not remember any more. */
  List<ScanVerdict> archived(GateQuestion question) {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("asset", question.asset());
    if (question.version() != null) {
      parameters.put("version", question.version());
    }
    return read(Subject.SCANS, parameters).stream()
        .map(document -> EventJson.read(document, new ScanVerdict()))
        .toList();
  }

  /** The answer by what is known at this moment. */
  GateAnswer judge(GateQuestion question, Collection<ScanVerdict> archived) {
    return gate(question)
        .judge(known(question, archived), recall.verdicts().underWay(question.asset()), List.of());
  }

  /**
   * The same, with what has been decided since the scans.
   *
   * @param withheld whether withheld findings are wanted too
   */
  GateAnswer finish(
      GateQuestion question,
      Collection<ScanVerdict> archived,
      GateAnswer answer,
      boolean withheld) {
    List<String> failing = answer.failing().stream().map(GateFinding::id).toList();
    if (failing.isEmpty() && !withheld) {
      return answer;
    }
    Map<String, String> parameters = new HashMap<>();
    parameters.put("asset", question.asset());
    if (!withheld) {
      parameters.put("ids", String.join(",", failing));
    }
    Gate gate = gate(question);
    List<ScanVerdict> known = known(question, archived);
    List<ScanVerdict> scans = gate.scans(known);
    List<Standing> standing = new ArrayList<>();
    for (JsonNode document : read(Subject.STANDING, parameters)) {
      standing.add(Standing.of(EventJson.read(document, new Finding()), scans));
    }
    return gate.judge(known, recall.verdicts().underWay(question.asset()), standing);
  }

  private Gate gate(GateQuestion question) {
    return new Gate(question, recall.profiles().of(question.asset()).orElse(null));
  }

  private List<ScanVerdict> known(GateQuestion question, Collection<ScanVerdict> archived) {
    Map<String, ScanVerdict> known =
        archived.stream()
            .collect(
                Collectors.toMap(ScanVerdict::getScanId, v -> v, (a, b) -> a, LinkedHashMap::new));
    recall.verdicts().ofAsset(question.asset()).forEach(v -> known.put(v.getScanId(), v));
    return List.copyOf(known.values());
  }

  /** What is not there, or not now, is not known: the gate never takes that for a pass. */
  private List<JsonNode> read(Subject subject, Map<String, String> parameters) {
    Optional<byte[]> answer;
    try {
      answer = lookup.get().answer(new Question(subject, "", parameters, List.of("*")));
    } catch (Lookup.AwayException | ProblemException e) {
      return List.of();
    }
    List<JsonNode> documents = new ArrayList<>();
    try {
      if (answer.isPresent()) {
        JSON.readTree(answer.get()).path("documents").forEach(documents::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the read model's answer is no JSON", e);
    }
    return documents;
  }
}
