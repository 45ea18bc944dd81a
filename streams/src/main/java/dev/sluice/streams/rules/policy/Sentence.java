package dev.sluice.streams.rules.policy;

import dev.sluice.conditions.Nearest;
import dev.sluice.streams.rules.document.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sentence with facts in it: {@code {vulnerability} is {severity}}.
 *
 * @param parts text as it is, and facts to be filled in, in order
 */
record Sentence(List<Part> parts) {

  /** A piece of text, and the fact that follows it; null behind the last. */
  record Part(String text, Facts.Fact fact) {}

  private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)\\}");
  private static final int LONGEST = 500;

  static Sentence read(YamlNode written) {
    String template = written.text().strip();
    if (template.isEmpty() || template.length() > LONGEST) {
      throw written.wrong(
          "The explanation is empty or longer than " + LONGEST + " characters.",
          "Write one sentence.");
    }
    List<String> names = Facts.all().stream().map(Facts.Fact::name).toList();
    List<Part> parts = new ArrayList<>();
    Matcher place = PLACE.matcher(template);
    int end = 0;
    while (place.find()) {
      if (!names.contains(place.group(1))) {
        throw written.wrong(
            "\"{" + place.group(1) + "}\" is no fact.",
            "Did you mean \"{" + Nearest.of(place.group(1), names) + "}\"?");
      }
      Facts.Fact fact = Facts.all().get(names.indexOf(place.group(1)));
      parts.add(new Part(template.substring(end, place.start()), fact));
      end = place.end();
    }
    parts.add(new Part(template.substring(end), null));
    return new Sentence(List.copyOf(parts));
  }

  String about(PolicyFacts facts) {
    StringBuilder sentence = new StringBuilder(160);
    for (Part part : parts) {
      sentence.append(part.text());
      if (part.fact() != null) {
        sentence.append(Facts.forPeople(part.fact(), facts));
      }
    }
    return sentence.toString();
  }
}
