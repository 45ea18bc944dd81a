package dev.sluice.producers.format.gitlab;

import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code identifiers}: the scanner's own id, and those of others for the same thing. */
final class GitlabIdentifiers {
  private static final int MOST = 100;

  /** Types that classify a vulnerability and do not name it. */
  private static final Set<String> CLASSES = Set.of("cwe", "owasp", "wasc", "capec");

  /**
   * One identifier.
   *
   * @param type in lower case: cve, ghsa, cwe, semgrep_id, …
   */
  private record Identifier(String type, String value, String link) {}

  private final List<Identifier> all = new ArrayList<>(3);

  void read(JsonCursor json) throws IOException, UnreadableReportException {
    String[] said = {"", null, null};
    json.object(
        part -> {
          switch (part) {
            case "type" -> said[0] = json.text();
            case "value" -> said[1] = json.scalar();
            case "url" -> said[2] = json.text();
            default -> {}
          }
        });
    if (said[1] != null && !said[1].isBlank() && all.size() < MOST) {
      String type = said[0] == null ? "" : said[0].toLowerCase(Locale.ROOT);
      all.add(new Identifier(type, said[1].strip(), said[2]));
    }
  }

  /** Whether there is nothing that names the vulnerability. */
  boolean none() {
    return all.stream().allMatch(i -> CLASSES.contains(i.type()));
  }

  /**
   * Adds ids and weaknesses. A package's vulnerability goes by its CVE where there is just one, a
   * weakness of code by what its scanner calls it.
   */
  void fill(ObservationDraft draft, boolean ofPackage) {
    List<Identifier> cves = all.stream().filter(i -> i.type().equals("cve")).toList();
    Identifier named = null;
    for (Identifier each : all) {
      if (named == null && !CLASSES.contains(each.type())) {
        named = each;
      }
    }
    if (ofPackage && cves.size() == 1) {
      named = cves.get(0);
    }
    if (named == null) {
      weaknesses(draft);
      return;
    }
    draft.nativeId(named.value());
    draft.reference(named.link());
    for (Identifier each : all) {
      boolean same = each.type().equals("ghsa") || (each.type().equals("cve") && cves.size() == 1);
      if (!CLASSES.contains(each.type()) && each != named) {
        if (ofPackage && same) {
          draft.alias(each.value());
        } else {
          draft.related(each.value());
        }
      }
    }
    weaknesses(draft);
  }

  private void weaknesses(ObservationDraft draft) {
    for (Identifier each : all) {
      if (each.type().equals("cwe")) {
        draft.cwe(each.value());
      }
    }
  }
}
