package dev.sluice.producers.gateway;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parameter {@code wait}: how long a request may be held until there is an answer. */
final class WaitTime {
  private static final Pattern WAIT = Pattern.compile("([0-9]{1,6})(ms|s|m|)");

  private WaitTime() {}

  /**
   * @param text such as 30s; nothing is no wait
   * @param most whoever asks for more gets as much as there is, and asks again
   */
  static Duration of(String text, Duration most) {
    if (text == null || text.isEmpty()) {
      return Duration.ZERO;
    }
    Matcher matcher = WAIT.matcher(text);
    if (!matcher.matches()) {
      throw new ProblemException(Problem.badRequest("wait must be a time such as 30s"));
    }
    long amount = Long.parseLong(matcher.group(1));
    Duration wait =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "m" -> Duration.ofMinutes(amount);
          default -> Duration.ofSeconds(amount);
        };
    return wait.compareTo(most) > 0 ? most : wait;
  }
}
