package dev.sluice.streams.rules.item;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Weaknesses that tools file under different numbers and mean the same by: one of them says CWE-77
 * where the other says CWE-78. Parents and children in the CWE list (cwe.mitre.org, view 1000) that
 * a single change of the code settles together, and nothing wider. docs/state.md lists them.
 */
enum WeaknessFamily {
  COMMAND_INJECTION(List.of(77, 78, 88), "command-injection", "os-command", "shell-injection"),
  PATH_TRAVERSAL(
      List.of(22, 23, 35, 36, 73, 99), "path-traversal", "path-injection", "directory-traversal"),
  CROSS_SITE_SCRIPTING(List.of(79, 80, 83, 87), "xss", "cross-site-scripting"),
  SQL_INJECTION(List.of(89, 564), "sql-injection", "sqli"),
  CODE_INJECTION(List.of(94, 95, 96), "code-injection", "eval-injection"),
  WEAK_CRYPTOGRAPHY(List.of(326, 327, 328, 916), "weak-crypto", "weak-hash", "md5", "sha1"),
  WEAK_RANDOMNESS(List.of(330, 335, 337, 338), "insecure-random", "weak-random", "math-random"),
  HARD_CODED_CREDENTIALS(
      List.of(259, 321, 547, 798), "hardcoded", "hard-coded", "hardcoded-credentials"),
  CERTIFICATE_VALIDATION(List.of(295, 297, 599), "insecure-skip-verify", "certificate-validation"),
  XML_ENTITIES(List.of(611, 776, 827), "xxe", "xml-external-entit"),
  DESERIALISATION(List.of(502), "deserialization", "deserialisation"),
  OPEN_REDIRECT(List.of(601), "open-redirect", "url-redirect"),
  REQUEST_FORGERY(List.of(918), "ssrf", "request-forgery"),
  LOG_INJECTION(List.of(117), "log-injection");

  private final List<Integer> cwes;
  private final List<String> words;

  WeaknessFamily(List<Integer> cwes, String... words) {
    this.cwes = cwes;
    this.words = List.of(words);
  }

  /**
   * Families of a finding, sorted: by its CWE numbers, each of which is a family of its own where
   * no wider one is known; only if it has none, by words in the rule's id.
   */
  static Set<String> of(List<Integer> cwes, String rule) {
    Set<String> families = new TreeSet<>();
    for (int cwe : cwes) {
      families.add("CWE-" + cwe);
      for (WeaknessFamily family : values()) {
        if (family.cwes.contains(cwe)) {
          families.add(family.name());
        }
      }
    }
    if (cwes.isEmpty()) {
      String plain = rule.toLowerCase(Locale.ROOT).replace('_', '-').replace('/', '-');
      for (WeaknessFamily family : values()) {
        if (family.words.stream().anyMatch(word -> ('-' + plain + '-').contains(word))) {
          families.add(family.name());
        }
      }
    }
    return families;
  }
}
