package dev.sluice.streams.rules.severity;

import dev.sluice.events.FindingKind;
import dev.sluice.events.Rating;
import dev.sluice.events.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Weighs ratings. The order of trust is stated in docs/policy.md. */
public final class Severities {

  private static final Set<String> DISTRIBUTION_PACKAGES = Set.of("deb", "rpm", "apk", "alpm");

  private Severities() {}

  /**
   * One severity out of all ratings. The order in which they are handed in does not matter: of
   * equal trust, the worse one wins.
   *
   * @param ecosystem purl type of the package, null or empty if there is none
   * @param distro distribution and release of the package, for example {@code debian-12}; null or
   *     empty if not known
   * @return UNKNOWN, with the reason, where no rating says anything readable
   */
  public static WeighedSeverity weigh(
      FindingKind kind, String ecosystem, String distro, List<Rating> ratings) {
    Set<String> ignored = new TreeSet<>();
    List<Weighed> weighed = new ArrayList<>();
    for (Rating rating : ratings == null ? List.<Rating>of() : ratings) {
      weigh(kind, ecosystem, distro, rating, ignored).ifPresent(weighed::add);
    }
    String remark = ignored.isEmpty() ? "" : "; ignored: " + String.join(", ", ignored);
    return weighed.stream()
        .min(Weighed.ORDER)
        .map(
            w ->
                new WeighedSeverity(
                    w.severity, w.source, w.trust.reason() + " (" + w.statement + ")" + remark))
        .orElseGet(
            () ->
                new WeighedSeverity(
                    Severity.UNKNOWN, "", "no source states a severity that can be read" + remark));
  }

  private record Weighed(
      Trust trust, int precision, Severity severity, String source, String statement) {
    static final Comparator<Weighed> ORDER =
        Comparator.comparing(Weighed::trust)
            .thenComparing(Weighed::precision)
            .thenComparing(Weighed::severity, Comparator.reverseOrder())
            .thenComparing(Weighed::source)
            .thenComparing(Weighed::statement);
  }

  private static Optional<Weighed> weigh(
      FindingKind kind, String ecosystem, String distro, Rating rating, Set<String> ignored) {
    if (rating == null) {
      return Optional.empty();
    }
    String source = Trust.normal(rating.getSource());
    Optional<CvssScore> score = Optional.empty();
    if (rating.getVector() != null && !rating.getVector().isBlank()) {
      score = CvssScore.read(rating.getVector());
      if (score.isEmpty()) {
        ignored.add(
            "unreadable CVSS vector of " + (source.isEmpty() ? "an unnamed source" : source));
      }
    }
    Severity word = word(rating);
    Severity number = number(rating);
    Trust trust = trust(kind, ecosystem, distro, source, rating, score.isPresent());
    // Who publishes an advisory chooses the word; NVD derives its word from the vector.
    boolean vectorFirst = trust == Trust.NVD || trust == Trust.OTHER_VECTOR;
    Severity stated = word != Severity.UNKNOWN ? word : number;
    if (score.isPresent() && (vectorFirst || stated == Severity.UNKNOWN)) {
      return Optional.of(
          new Weighed(
              trust, score.get().rank(), score.get().severity(), source, score.get().text()));
    }
    if (stated == Severity.UNKNOWN) {
      return Optional.empty();
    }
    int precision = trust == Trust.NVD ? CvssScore.rankOf(rating.getMethod()) : 0;
    String statement =
        word == Severity.UNKNOWN && rating.getScore() != null
            ? "score " + CvssScore.oneDigit(rating.getScore())
            : rating.getText() == null || rating.getText().isBlank()
                ? stated.name().toLowerCase(Locale.ROOT)
                : rating.getText().strip().toLowerCase(Locale.ROOT);
    return Optional.of(new Weighed(trust, precision, stated, source, statement));
  }

  private static Trust trust(
      FindingKind kind,
      String ecosystem,
      String distro,
      String source,
      Rating rating,
      boolean hasVector) {
    String method = Trust.normal(rating.getMethod());
    if (method.equals("level")) {
      return Trust.LEVEL;
    }
    if (method.equals("security-severity")) {
      return Trust.SECURITY_SEVERITY;
    }
    String distribution = Trust.distributionOf(source);
    if (!distribution.isEmpty()) {
      boolean own =
          kind == FindingKind.VULNERABLE_PACKAGE
              && DISTRIBUTION_PACKAGES.contains(Trust.normal(ecosystem))
              && Trust.speaksFor(distribution, Trust.distributionOf(distro));
      return own ? Trust.OWN_DISTRIBUTION : Trust.OTHER_DISTRIBUTION;
    }
    if (Trust.isNvd(source)) {
      return Trust.NVD;
    }
    if (Trust.isAdvisory(source)) {
      return Trust.ADVISORY;
    }
    return hasVector ? Trust.OTHER_VECTOR : Trust.TOOL_WORD;
  }

  /** The reader's mapping, else the word as written. */
  private static Severity word(Rating rating) {
    if (rating.getSeverity() != null && rating.getSeverity() != Severity.UNKNOWN) {
      return rating.getSeverity();
    }
    return SeverityWords.read(rating.getText());
  }

  private static Severity number(Rating rating) {
    Double score = rating.getScore();
    if (score == null || score.isNaN() || score < 0 || score > 10) {
      return Severity.UNKNOWN;
    }
    return "cvss2".equals(Trust.normal(rating.getMethod()))
        ? CvssScore.bandOfVersion2(score)
        : CvssScore.band(score);
  }
}
