package dev.sluice.streams.rules.policy;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A sentence with facts in it: {@code {vulnerability} is {severity}}. */
record Sentence(String template) {

  private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)\\}");
  private static final int LONGEST = 500;

  static Sentence read(YamlNode written) {
    Sentence sentence = new Sentence(written.text().strip());
    if (sentence.template.isEmpty() || sentence.template.length() > LONGEST) {
      throw written.wrong(
          "The explanation is empty or longer than " + LONGEST + " characters.",
          "Write one sentence.");
    }
    List<String> names = Facts.all().stream().map(Facts.Fact::name).toList();
    Matcher place = PLACE.matcher(sentence.template);
    while (place.find()) {
      if (!names.contains(place.group(1))) {
        throw written.wrong(
            "\"{" + place.group(1) + "}\" is no fact.",
            "Did you mean \"{" + Nearest.of(place.group(1), names) + "}\"?");
      }
    }
    return sentence;
  }

  String about(PolicyFacts facts) {
    return PLACE
        .matcher(template)
        .replaceAll(
            place ->
                Facts.all().stream()
                    .filter(f -> f.name().equals(place.group(1)))
                    .findFirst()
                    .map(f -> Matcher.quoteReplacement(Facts.forPeople(f, facts)))
                    .orElse(""));
  }
}
