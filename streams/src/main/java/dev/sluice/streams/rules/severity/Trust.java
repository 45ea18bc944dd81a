package dev.sluice.streams.rules.severity;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How much a rating is trusted, most first. The order is documented in docs/policy.md. */
enum Trust {
  OWN_DISTRIBUTION("the distribution's own rating of its own package"),
  ADVISORY("the rating of the advisory's publisher"),
  NVD("NVD's rating"),
  OTHER_VECTOR("a CVSS vector of another source"),
  OTHER_DISTRIBUTION("the rating of another distribution"),
  TOOL_WORD("the scanner's own word"),
  SECURITY_SEVERITY("the scanner's security-severity score"),
  LEVEL("the scanner's result level");

  private static final Set<String> ADVISORIES =
      Set.of(
          "ghsa",
          "github",
          "github-advisory",
          "gitlab",
          "glad",
          "osv",
          "go",
          "govulndb",
          "go-vulndb",
          "vulndb",
          "npm",
          "nodejs-security-wg",
          "pypa",
          "pysec",
          "rubysec",
          "ruby-advisory-db",
          "rustsec",
          "php-security-advisories",
          "snyk",
          "vendor",
          "cna",
          "mitre",
          "k8s",
          "bitnami",
          "julia",
          "jenkins",
          "oracle",
          "apache");
  private static final Set<String> DISTRIBUTIONS =
      Set.of(
          "debian",
          "ubuntu",
          "redhat",
          "rocky",
          "alma",
          "alpine",
          "amazon",
          "oracle-oval",
          "suse",
          "opensuse",
          "photon",
          "azure",
          "mariner",
          "wolfi",
          "chainguard",
          "fedora",
          "arch",
          "gentoo",
          "cbl-mariner",
          "minimos",
          "echo",
          "centos",
          "seal");

  private final String reason;

  Trust(String reason) {
    this.reason = reason;
  }

  String reason() {
    return reason;
  }

  /** Name of the distribution that a source speaks for; empty if for none. */
  static String distributionOf(String source) {
    String s = normal(source);
    if (s.equals("rhel") || s.startsWith("redhat") || s.equals("rhsa") || s.equals("centos")) {
      return "redhat";
    }
    if (s.equals("sles") || s.startsWith("suse") || s.startsWith("opensuse")) {
      return "suse";
    }
    if (s.equals("amzn") || s.startsWith("amazon") || s.equals("alas")) {
      return "amazon";
    }
    if (s.equals("almalinux")) {
      return "alma";
    }
    if (s.equals("rockylinux")) {
      return "rocky";
    }
    if (s.equals("oraclelinux") || s.equals("ol")) {
      return "oracle-oval";
    }
    if (s.equals("mariner") || s.equals("cbl-mariner") || s.startsWith("azure")) {
      return "azure";
    }
    for (int end = s.length();
        end > 0;
        end = Math.max(s.lastIndexOf('-', end - 1), s.lastIndexOf(':', end - 1))) {
      String distribution = s.substring(0, end);
      if (DISTRIBUTIONS.contains(distribution)) {
        return distribution;
      }
    }
    return "";
  }

  /** Distributions whose ratings hold for packages of another one that rebuilds theirs. */
  static boolean speaksFor(String ratingDistribution, String packageDistribution) {
    if (ratingDistribution.isEmpty()) {
      return false;
    }
    return packageDistribution.isEmpty()
        || ratingDistribution.equals(packageDistribution)
        || (ratingDistribution.equals("redhat")
            && List.of("alma", "rocky").contains(packageDistribution))
        || (ratingDistribution.equals("suse") && packageDistribution.equals("opensuse"))
        || (ratingDistribution.equals("wolfi") && packageDistribution.equals("chainguard"));
  }

  static boolean isAdvisory(String source) {
    String s = normal(source);
    return ADVISORIES.contains(s) || s.startsWith("ghsa") || s.startsWith("github");
  }

  static boolean isNvd(String source) {
    String s = normal(source);
    return s.equals("nvd")
        || s.startsWith("nvd-")
        || s.startsWith("nvd:")
        || s.startsWith("nvd@")
        || s.contains("nvd.nist.gov")
        || s.equals("nist");
  }

  static String normal(String source) {
    return source == null
        ? ""
        : source.strip().toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
  }
}
