package dev.sluice.streams.rules.suppression;

import dev.sluice.events.FindingKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * {@code .trivyignore}: one id a line, perhaps with {@code exp:2027-03-31}. A comment on the same
 * line, or on those right above, is taken as the reason; it holds until an empty line.
 */
final class TrivyIgnoreText {
  private static final String END = "exp:";

  private final List<Ignored> ignored = new ArrayList<>();
  private final List<IgnoreFile.LeftOut> left = new ArrayList<>();
  private String comment = "";
  private boolean commenting;

  IgnoreFile read(String document) {
    String plain = document.startsWith("\uFEFF") ? document.substring(1) : document;
    List<String> lines = plain.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      line(i + 1, lines.get(i).strip());
    }
    return new IgnoreFile(ignored, left);
  }

  private void line(int number, String line) {
    if (line.isEmpty()) {
      comment = "";
      commenting = false;
    } else if (line.startsWith("#")) {
      String text = line.replaceFirst("#+", "").strip();
      comment = commenting ? comment + " " + text : text;
      commenting = true;
    } else {
      commenting = false;
      entry(number, line);
    }
  }

  private void entry(int number, String line) {
    int hash = line.indexOf(" #");
    String[] words = (hash < 0 ? line : line.substring(0, hash)).split("\\s+");
    String own = hash < 0 ? "" : line.substring(hash + 2).strip();
    if (!IgnoredIds.isId(FindingKind.UNKNOWN, words[0])) {
      leave(number, "\"" + words[0] + "\" is no id of a vulnerability, check or licence");
      return;
    }
    Optional<String> end =
        Arrays.stream(words).skip(1).filter(word -> word.startsWith(END)).findFirst();
    Optional<Instant> ends = end.flatMap(word -> IgnoredIds.time(word.substring(END.length())));
    if (end.isPresent() && ends.isEmpty()) {
      leave(number, words[0] + ": \"" + end.get() + "\" is no day; write " + END + "2027-03-31");
      return;
    }
    ignored.add(
        new Ignored(
            number,
            FindingKind.UNKNOWN,
            words[0],
            List.of(),
            List.of(),
            ends.orElse(null),
            own.isEmpty() ? comment : own));
  }

  private void leave(int line, String why) {
    left.add(new IgnoreFile.LeftOut(line, why));
  }
}
