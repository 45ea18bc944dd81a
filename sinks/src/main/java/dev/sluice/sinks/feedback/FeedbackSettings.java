package dev.sluice.sinks.feedback;

import dev.sluice.settings.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What people may ask for by what they do to a ticket, at {@code sinks.NAME.feedback}. */
public record FeedbackSettings(
    @Setting(
            value = "5m",
            doc = "How often changed tickets are asked for, at least 10s; 0s is never.")
        Duration every,
    @Setting(
            value = "won't fix, won't do, not planned, accepted, accepted risk",
            doc =
                "Resolutions, statuses, state reasons and labels of a closed ticket that ask to accept the risk. Case, blanks and punctuation do not count.")
        List<String> accepted,
    @Setting(
            value = "false positive, invalid",
            doc = "Those that say that the scanner's claim is false.")
        List<String> falsePositive,
    @Setting(
            doc =
                "Accounts whose requests are granted: login (GitHub), user name (GitLab, Jira Data Center), account id (Jira Cloud), user id (Redmine). Empty grants none.")
        List<String> accepters,
    @Setting(value = "90d", doc = "How long an acceptance holds, at most 366d.") Duration acceptFor,
    @Setting(
            value = "14d",
            doc =
                "How long a ticket that was closed as done stays closed if nobody scans, at most 90d.")
        Duration unscanned) {
  private static final Duration LEAST = Duration.ofSeconds(10);

  public FeedbackSettings {
    accepted = accepted == null ? List.of() : List.copyOf(accepted);
    falsePositive = falsePositive == null ? List.of() : List.copyOf(falsePositive);
    accepters = accepters == null ? List.of() : List.copyOf(accepters);
    if (every.isNegative() || (!every.isZero() && every.compareTo(LEAST) < 0)) {
      throw new IllegalArgumentException("every must be 0s or at least 10s, not " + every);
    }
    within("accept-for", acceptFor, 366);
    within("unscanned", unscanned, 90);
  }

  boolean asksToAccept(Set<String> words) {
    return meets(accepted, words);
  }

  boolean saysFalse(Set<String> words) {
    return meets(falsePositive, words);
  }

  private static boolean meets(List<String> settings, Set<String> words) {
    Set<String> known =
        settings.stream().map(FeedbackSettings::bare).collect(Collectors.toUnmodifiableSet());
    return words.stream().map(FeedbackSettings::bare).anyMatch(known::contains);
  }

  /** Won't fix, wont_fix and WontFix are one. */
  private static String bare(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }

  private static void within(String key, Duration value, int days) {
    if (value.isNegative() || value.isZero() || value.compareTo(Duration.ofDays(days)) > 0) {
      throw new IllegalArgumentException(
          "%s must be more than 0 and at most %dd, not %s".formatted(key, days, value));
    }
  }
}
