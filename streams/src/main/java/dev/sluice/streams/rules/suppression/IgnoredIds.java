package dev.sluice.streams.rules.suppression;

import dev.sluice.events.FindingKind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/** How ids and dates are written in files of ignored ids. */
final class IgnoredIds {
  private static final int LONGEST = 200;
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:+/-]*");
  private static final Pattern CVE = Pattern.compile("(?i)CVE-\\d{4}-\\d{4,19}");
  private static final Pattern GHSA = Pattern.compile("(?i)GHSA(-[a-z0-9]{4}){3}");
  private static final Pattern OTHER = Pattern.compile("[A-Za-z][A-Za-z0-9]*[-:][A-Za-z0-9.:-]+");

  private IgnoredIds() {}

  /** Whether something can have that id; licences may be called anything. */
  static boolean isId(FindingKind kind, String id) {
    if (id.isBlank() || id.length() > LONGEST) {
      return false;
    }
    if (kind == FindingKind.LICENCE) {
      return true;
    }
    if (id.regionMatches(true, 0, "CVE-", 0, 4)) {
      return CVE.matcher(id).matches();
    }
    if (id.regionMatches(true, 0, "GHSA-", 0, 5)) {
      return GHSA.matcher(id).matches();
    }
    Pattern pattern = kind == FindingKind.VULNERABLE_PACKAGE ? OTHER : WORD;
    return pattern.matcher(id).matches();
  }

  /** A day, at the beginning of which it ends, as for Trivy, or a time. */
  static Optional<Instant> time(String written) {
    try {
      return Optional.of(
          written.length() == 10
              ? LocalDate.parse(written).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(written).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
