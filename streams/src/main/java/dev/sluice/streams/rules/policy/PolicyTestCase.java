package dev.sluice.streams.rules.policy;

import dev.sluice.events.AssetRole;
import dev.sluice.events.Exposure;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.events.Reachability;
import dev.sluice.events.Severity;
import dev.sluice.events.Support;
import dev.sluice.streams.rules.document.YamlNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A test case in a policy: facts, and what must come of them. */
record PolicyTestCase(
    YamlNode place, String name, PolicyFacts given, boolean act, String rule, String reason) {

  private static final List<String> KEYS = List.of("name", "given", "expect", "rule", "reason");
  private static final List<String> FACTS =
      Facts.all().stream()
          .map(Facts.Fact::name)
          .filter(n -> !n.equals("severityKnown") && !n.equals("epssKnown"))
          .toList();

  private enum Expect {
    ACT,
    WITHHOLD
  }

  static PolicyTestCase read(YamlNode node) {
    Map<String, YamlNode> fields = node.fields(KEYS);
    for (String key : List.of("name", "given", "expect")) {
      if (!fields.containsKey(key)) {
        throw node.wrong(
            "The test has no \"" + key + "\".", "Every test needs name, given and expect.");
      }
    }
    return new PolicyTestCase(
        node,
        fields.get("name").text(),
        facts(fields.get("given")),
        fields.get("expect").word(Expect.class) == Expect.ACT,
        fields.containsKey("rule") ? fields.get("rule").text() : "",
        fields.containsKey("reason") ? fields.get("reason").text() : "");
  }

  /** Empty if the outcome is the one expected; else what is wrong with it. */
  String complaint(PolicyOutcome outcome) {
    String got =
        (outcome.actionable() ? "act" : "withhold")
            + " by "
            + outcome.rule()
            + " ("
            + outcome.reason()
            + ")";
    boolean right =
        outcome.actionable() == act
            && (rule.isEmpty() || rule.equals(outcome.rule()))
            && (reason.isEmpty() || reason.equals(outcome.reason()));
    return right ? "" : "Test \"" + name + "\" fails: it gives " + got + ".";
  }

  private static PolicyFacts facts(YamlNode given) {
    Map<String, YamlNode> fields = given.fields(FACTS);
    if (!fields.containsKey("kind")) {
      throw given.wrong(
          "The facts of a test need a kind.", "Add \"kind: vulnerable-package\", for example.");
    }
    PolicyFactsBuilder facts = PolicyFacts.builder(fields.get("kind").word(FindingKind.class));
    fields.forEach((name, value) -> set(facts, name, value));
    return facts.build();
  }

  private static void set(PolicyFactsBuilder facts, String name, YamlNode value) {
    switch (name) {
      case "severity" -> facts.severity(value.word(Severity.class));
      case "knownExploited" -> facts.knownExploited(value.flag());
      case "exploitedDue" -> facts.exploitedDue(date(value));
      case "epss" -> facts.epss(probability(value));
      case "hasFix" -> facts.hasFix(value.flag());
      case "fixedVersion" -> facts.fixedVersion(value.text());
      case "fixState" -> facts.fixState(value.word(FixState.class));
      case "support" -> facts.support(value.word(Support.class));
      case "secretLive" -> facts.secretLive(value.flag());
      case "reachability" -> facts.reachability(value.word(Reachability.class));
      case "scanners" -> facts.scanners(texts(value));
      case "scannerSuppressed" -> facts.scannerSuppressed(value.flag());
      case "asset" -> facts.asset(value.text());
      case "unit" -> facts.unit(value.text());
      case "exposure" -> facts.exposure(value.word(Exposure.class));
      case "role" -> facts.role(value.word(AssetRole.class));
      case "owner" -> facts.owner(value.text());
      case "packageName" -> facts.packageName(value.text());
      case "ecosystem" -> facts.ecosystem(value.text());
      case "vulnerability" -> facts.vulnerability(value.text());
      case "cwes" -> facts.cwes(value.items().stream().map(n -> n.number(0, 100_000)).toList());
      case "lines" -> facts.lines(texts(value));
      case "firstSeen" -> facts.firstSeen(instant(value));
      case "direct" -> facts.direct(value.flag());
      default -> {
        // The kind is set already.
      }
    }
  }

  private static List<String> texts(YamlNode value) {
    List<String> texts = new ArrayList<>();
    value.items().forEach(n -> texts.add(n.text()));
    return texts;
  }

  private static LocalDate date(YamlNode value) {
    try {
      return LocalDate.parse(value.text());
    } catch (DateTimeException e) {
      throw value.wrong("\"" + value.text() + "\" is no date.", "Write it as 2026-11-30.");
    }
  }

  private static Instant instant(YamlNode value) {
    try {
      return Instant.parse(value.text());
    } catch (DateTimeException e) {
      throw value.wrong(
          "\"" + value.text() + "\" is no time.", "Write it as 2026-11-30T12:00:00Z.");
    }
  }

  private static double probability(YamlNode value) {
    try {
      double number = Double.parseDouble(value.text());
      if (number >= 0 && number <= 1) {
        return number;
      }
    } catch (NumberFormatException ignored) {
      // Falls through to the one complaint for both.
    }
    throw value.wrong("\"" + value.text() + "\" is no probability.", "Write a number from 0 to 1.");
  }
}
