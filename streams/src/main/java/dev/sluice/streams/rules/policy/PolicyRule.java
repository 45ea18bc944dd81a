package dev.sluice.streams.rules.policy;

import dev.sluice.streams.rules.document.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** One rule: when it holds, act or withhold, with a reason. */
record PolicyRule(String name, Condition when, boolean act, String reason, Sentence explanation) {

  private static final List<String> KEYS = List.of("name", "when", "then", "reason", "explain");
  private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");

  private enum Then {
    ACT,
    WITHHOLD
  }

  static PolicyRule read(YamlNode node, Condition.Compiler compiler) {
    Map<String, YamlNode> fields = node.fields(KEYS);
    for (String key : KEYS) {
      if (!fields.containsKey(key)) {
        throw node.wrong(
            "The rule has no \"" + key + "\".",
            "Every rule needs: " + String.join(", ", KEYS) + ".");
      }
    }
    return new PolicyRule(
        slug(fields.get("name")),
        compiler.compile(fields.get("when")),
        fields.get("then").word(Then.class) == Then.ACT,
        slug(fields.get("reason")),
        Sentence.read(fields.get("explain")));
  }

  PolicyOutcome outcome(PolicyFacts facts) {
    return new PolicyOutcome(act, name, reason, explanation.about(facts));
  }

  private static String slug(YamlNode node) {
    String text = node.text();
    if (!SLUG.matcher(text).matches() || text.length() > 60) {
      throw node.wrong(
          "\"" + text + "\" is no name for machines.",
          "Use lower-case letters, digits and dashes, at most 60.");
    }
    return text;
  }
}
