package dev.sluice.streams.rules.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.sluice.conditions.ConditionException;
import dev.sluice.conditions.Fact;
import dev.sluice.conditions.Language;
import dev.sluice.events.Severity;
import dev.sluice.streams.rules.document.DocumentException;
import dev.sluice.streams.rules.document.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One compiled condition of a policy.
 *
 * @param facts the facts it reads
 */
record Condition(dev.sluice.conditions.Condition condition, List<Facts.Fact> facts) {

  private static final Language<PolicyFacts> LANGUAGE = language();

  /** Compiles the conditions of one policy. */
  static final class Compiler {
    private final String document;

    Compiler(String document) {
      this.document = document;
    }

    Condition compile(YamlNode written) {
      String text = written.text();
      if (text.length() > Language.LONGEST) {
        throw written.wrong(
            "The condition is longer than " + Language.LONGEST + " characters.",
            "Split it into several rules.");
      }
      try {
        dev.sluice.conditions.Condition condition = LANGUAGE.compile(text);
        return new Condition(
            condition,
            Facts.all().stream().filter(f -> condition.names().contains(f.name())).toList());
      } catch (ConditionException e) {
        throw new DocumentException(
            written.lineOf(e.line()),
            written.columnOf(e.line(), e.column() - 1, document),
            e.reason(),
            e.remedy());
      }
    }
  }

  /** Values of all facts and severities, as a condition sees them. */
  static Map<String, Object> values(PolicyFacts facts) {
    return LANGUAGE.values(facts);
  }

  boolean holds(Map<String, Object> values) throws CelEvaluationException {
    return condition.holds(values);
  }

  private static Language<PolicyFacts> language() {
    Map<String, Long> severities = new LinkedHashMap<>();
    for (Severity severity : Severity.values()) {
      severities.put(severity.name(), (long) severity.ordinal());
    }
    return new Language<>(
        Facts.all().stream()
            .map(f -> new Fact<>(f.name(), f.type(), f.values(), f.value()))
            .toList(),
        severities,
        "See the facts and words in docs/policy.md.");
  }
}
