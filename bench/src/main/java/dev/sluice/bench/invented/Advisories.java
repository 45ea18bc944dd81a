package dev.sluice.bench.invented;

import dev.sluice.events.Rating;
import dev.sluice.events.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Invented vulnerabilities with texts, references and ratings of the sizes that an image report of
 * Trivy has: several hundred characters of description, a dozen links, half a dozen ratings.
 */
public final class Advisories {
  /** One of them. */
  record Advisory(
      String id,
      String title,
      String description,
      List<String> references,
      List<Rating> ratings,
      int cwe,
      boolean fixed) {}

  private static final String[] WORDS = {
    "a",
    "buffer",
    "overflow",
    "in",
    "the",
    "parser",
    "of",
    "allows",
    "remote",
    "attackers",
    "to",
    "cause",
    "denial",
    "service",
    "via",
    "crafted",
    "input",
    "that",
    "triggers",
    "an",
    "invalid",
    "memory",
    "access",
    "when",
    "processing",
    "certificate",
    "chain",
    "with",
    "large",
    "number",
    "entries",
    "before",
    "version",
    "could",
    "lead",
    "code",
    "execution",
    "or",
    "disclosure",
    "information",
    "if",
    "application",
    "uses",
    "function",
    "without",
    "checking",
    "return",
    "value"
  };

  private static final String[] VENDORS = {"nvd", "redhat", "ghsa", "debian", "ubuntu", "amazon"};
  private static final String[] HOSTS = {
    "https://nvd.example/vuln/detail/", "https://security.example/cve/",
    "https://lists.example/archive/2026/03/msg00042.html?id=", "https://git.example/commit/fix/",
    "https://access.example/errata/RHSA-2026:", "https://bugs.example/show_bug.cgi?id="
  };

  private static final Severity[] SEVERITIES = {
    Severity.LOW,
    Severity.MEDIUM,
    Severity.MEDIUM,
    Severity.MEDIUM,
    Severity.HIGH,
    Severity.HIGH,
    Severity.CRITICAL
  };

  private final List<Advisory> all = new ArrayList<>();

  /**
   * @param count how many different ones; the same count gives the same
   */
  public Advisories(int count) {
    for (int i = 0; i < count; i++) {
      all.add(advisory(i));
    }
  }

  Advisory get(int number) {
    return all.get(Math.floorMod(number, all.size()));
  }

  private static Advisory advisory(int number) {
    SplittableRandom random = new SplittableRandom(number);
    String id = "CVE-" + (2016 + number % 11) + "-" + (10_000 + number);
    List<String> references = new ArrayList<>();
    for (int i = 6 + random.nextInt(12); i > 0; i--) {
      references.add(HOSTS[i % HOSTS.length] + id + "/" + Long.toHexString(random.nextLong()));
    }
    Severity severity = SEVERITIES[random.nextInt(SEVERITIES.length)];
    List<Rating> ratings = new ArrayList<>();
    ratings.add(new Rating("debian", severity, severity.name(), null, null, null));
    for (int i = 0; i < 3 + random.nextInt(3); i++) {
      ratings.add(new Rating(VENDORS[i], severity, severity.name(), null, null, null));
    }
    for (int i = 0; i < 2; i++) {
      ratings.add(
          new Rating(
              VENDORS[i],
              Severity.UNKNOWN,
              null,
              "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:" + (i == 0 ? "H" : "L") + "/I:N/A:H",
              i == 0 ? 9.1 : 8.2,
              "CVSS:3.1"));
    }
    return new Advisory(
        id,
        text(random, 50 + random.nextInt(40)),
        text(random, 150 + random.nextInt(550)),
        references,
        ratings,
        20 + random.nextInt(900),
        random.nextInt(10) < 6);
  }

  private static String text(SplittableRandom random, int length) {
    StringBuilder text = new StringBuilder(length + 16);
    while (text.length() < length) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
    }
    return text.toString();
  }
}
