package dev.sluice.sinks.text;

import dev.sluice.events.ActionItem;
import dev.sluice.events.ItemFinding;
import dev.sluice.events.LineFix;
import dev.sluice.sinks.EventJson;
import dev.sluice.sinks.PlainText;
import dev.sluice.sinks.text.Text.Code;
import dev.sluice.sinks.text.Text.Inline;
import dev.sluice.sinks.text.Text.Plain;
import dev.sluice.sinks.text.Text.Strong;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * What an action item says: what to do, where, by when and why. Each list says what it leaves out.
 */
public final class ItemText {
  private static final int MAX_VERSIONS = 5;
  private static final int MAX_NAME = 60;
  private static final int MAX_FACT = 300;
  private static final int MAX_TEXT = 150;

  private ItemText() {}

  /** Whether somebody still has to act; what is not known counts as open. */
  public static boolean isOpen(ActionItem item) {
    return switch (item.getStatus()) {
      case OPEN, UNKNOWN -> true;
      case RESOLVED, WITHDRAWN, ACCEPTED -> false;
    };
  }

  /** What to do, on one line. */
  public static String title(ActionItem item) {
    String title = PlainText.line(item.getTitle(), MAX_TEXT);
    return title.isBlank() ? "Action needed" : title;
  }

  /** The asset, with its unit. */
  public static String where(ActionItem item) {
    return item.getUnit() == null ? item.getAsset() : item.getAsset() + "#" + item.getUnit();
  }

  /** The day in UTC. */
  public static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  /** By when, and which rule says so; empty if nothing does. */
  public static String due(ActionItem item) {
    if (item.getDue() == null) {
      return "";
    }
    String rule = item.getDueReason() == null ? "" : " (" + item.getDueReason() + ")";
    return day(item.getDue()) + rule;
  }

  /** The severity, and whether it is known to be exploited. */
  public static String severity(ActionItem item) {
    String exploited = item.getKnownExploited() ? ", known to be exploited" : "";
    return EventJson.word(item.getSeverity()) + exploited;
  }

  /** Where, how bad, by when, why, whose, seen by whom. */
  public static List<List<Inline>> facts(ActionItem item) {
    List<List<Inline>> facts = new ArrayList<>();
    facts.add(List.of(new Strong("Where:"), new Plain(" "), Code.of(where(item), MAX_TEXT)));
    fact(facts, "Place", item.getPlace());
    fact(facts, "Package", item.getPackage$());
    fact(facts, "Severity", severity(item));
    fact(facts, "Due", due(item));
    fact(facts, "Why", item.getReason());
    fact(facts, "Policy rule", item.getRule());
    fact(facts, "Owner", item.getOwner());
    fact(facts, "Seen by", names(item.getScanners()));
    return facts;
  }

  private static void fact(List<List<Inline>> facts, String name, String value) {
    if (value != null && !value.isBlank()) {
      facts.add(List.of(new Strong(name + ":"), Plain.of(" " + value, MAX_FACT)));
    }
  }

  /** What each release line needs, at most so many. */
  public static List<List<Inline>> lines(ActionItem item, int limit) {
    List<List<Inline>> lines = new ArrayList<>();
    item.getLines().stream().limit(limit).forEach(line -> lines.add(line(line)));
    more(lines, item.getLines().size() - limit);
    return lines;
  }

  private static List<Inline> line(LineFix line) {
    String support =
        " (%s)%s: "
            .formatted(EventJson.word(line.getSupport()), line.getResolved() ? ", done" : "");
    List<Inline> words = new ArrayList<>();
    words.add(Code.of(line.getLine(), MAX_NAME));
    words.add(new Plain(support));
    if (!line.getInstalledVersions().isEmpty()) {
      words.add(Code.of(names(line.getInstalledVersions()), MAX_TEXT));
      words.add(new Plain(", "));
    }
    if (line.getFixedVersion() == null) {
      words.add(new Plain("no fix yet"));
    } else {
      words.add(new Plain("all fixed in "));
      words.add(Code.of(line.getFixedVersion(), MAX_NAME));
    }
    if (line.getConflict() != null) {
      words.add(Plain.of("; sources disagree: " + line.getConflict(), MAX_TEXT - 50));
    }
    return words;
  }

  /** Its findings, at most so many, with who sees each and who does not. */
  public static List<List<Inline>> findings(ActionItem item, int limit) {
    List<List<Inline>> findings = new ArrayList<>();
    for (ItemFinding finding : item.getFindings().stream().limit(limit).toList()) {
      List<String> blind = new ArrayList<>(item.getScanners());
      blind.removeAll(finding.getScanners());
      String exploited = finding.getKnownExploited() ? ", known to be exploited" : "";
      String seen =
          finding.getScanners().isEmpty() ? "" : "; seen by " + names(finding.getScanners());
      String not = blind.isEmpty() || seen.isEmpty() ? "" : ", not by " + names(blind);
      findings.add(
          List.of(
              Code.of(orElse(finding.getVulnerability(), finding.getFindingId()), MAX_NAME),
              Plain.of(
                  " " + EventJson.word(finding.getSeverity()) + exploited + seen + not, MAX_TEXT),
              Plain.of(finding.getTitle().isBlank() ? "" : ": " + finding.getTitle(), MAX_TEXT)));
    }
    more(findings, Math.max(item.getFindingCount(), item.getFindings().size()) - limit);
    return findings;
  }

  private static void more(List<List<Inline>> entries, int more) {
    if (more > 0) {
      entries.add(List.of(new Plain("and " + more + " more")));
    }
  }

  /** Its references that are links, at most so many. */
  public static List<List<Inline>> references(ActionItem item, int limit) {
    return item.getReferences().stream()
        .limit(limit)
        .flatMap(reference -> Text.Link.find(reference).stream())
        .map(List::<Inline>of)
        .toList();
  }

  /** Names in a row, the first few of them. */
  public static String names(List<String> names) {
    String some = String.join(", ", names.stream().limit(MAX_VERSIONS).toList());
    int more = names.size() - MAX_VERSIONS;
    return more > 0 ? some + " and " + more + " more" : some;
  }

  private static String orElse(String words, String other) {
    return words == null || words.isBlank() ? other : words;
  }
}
