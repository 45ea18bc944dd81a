package dev.sluice.sinks.ticket;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionItem;
import dev.sluice.events.ItemFinding;
import dev.sluice.events.LineFix;
import dev.sluice.sinks.EventJson;
import dev.sluice.sinks.PlainText;
import dev.sluice.sinks.ticket.Text.Block;
import dev.sluice.sinks.ticket.Text.Bullets;
import dev.sluice.sinks.ticket.Text.Code;
import dev.sluice.sinks.ticket.Text.Heading;
import dev.sluice.sinks.ticket.Text.Inline;
import dev.sluice.sinks.ticket.Text.Link;
import dev.sluice.sinks.ticket.Text.Paragraph;
import dev.sluice.sinks.ticket.Text.Plain;
import dev.sluice.sinks.ticket.Text.Strong;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What stands in a ticket, and what is worth a comment. */
public final class TicketText {
  /** UTF-16 units of a title. GitHub takes 256; Jira, GitLab and Redmine 255. */
  public static final int MAX_TITLE = 250;

  private static final int MAX_LINES = 10;
  private static final int MAX_FINDINGS = 10;
  private static final int MAX_VERSIONS = 5;
  private static final int MAX_URL = 300;
  private static final int MAX_NAME = 60;
  private static final int MAX_FACT = 300;
  private static final int MAX_TEXT = 150;
  private static final int MAX_SUMMARY = 500;

  /** What a ticket is to be for an item. */
  Draft draft(ActionItem item, String marker) {
    String mark = mark(marker);
    return new Draft(
        title(item),
        body(item, mark),
        mark,
        item.getSeverity(),
        item.getStatus(),
        Optional.ofNullable(item.getOwner()).filter(owner -> !owner.isBlank()),
        Optional.ofNullable(item.getOpenedAt()).map(TicketText::day),
        Optional.ofNullable(item.getDue()).map(TicketText::day),
        item.getEmbargoed());
  }

  /** What is to be said, if anything: a change of state, or news that people must not miss. */
  Optional<Text> comment(Draft draft, ActionItem item, ActionEvent event, boolean wasOpen) {
    if (draft.open() && !wasOpen) {
      String words =
          switch (event.getType()) {
            case OPENED, REOPENED ->
                "Open again: " + orElse(item.getReason(), "it was found again");
            default ->
                "Opened again: it is still there. Last seen by "
                    + orElse(names(item.getScanners()), "a scanner")
                    + ". Who may accept the risk can do so in Sluice.";
          };
      return Optional.of(Text.of(plain(words, MAX_SUMMARY)));
    }
    if (!draft.open()) {
      String words = EventJson.word(draft.status());
      String why = orElse(item.getStatusReason(), "no reason was given");
      return wasOpen
          ? Optional.of(Text.of(new Strong(capital(words)), plain(": " + why, MAX_SUMMARY)))
          : Optional.empty();
    }
    String due = draft.due().map(day -> " Due on " + day + ".").orElse("");
    return switch (event.getType()) {
      case EXPLOITED ->
          Optional.of(Text.of(new Strong("Now known to be exploited."), new Plain(due)));
      case OVERDUE -> Optional.of(Text.of(new Strong("Overdue."), new Plain(due)));
      case DUE_SOON -> Optional.of(Text.of(new Strong("Due soon."), new Plain(due)));
      case UNKNOWN, OPENED, CHANGED, REOPENED, RESOLVED, WITHDRAWN -> Optional.empty();
    };
  }

  /** A marker as one word that means nothing in any markup and can be a label. */
  static String mark(String marker) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha.digest(marker.getBytes(StandardCharsets.UTF_8));
      return "sluice-" + HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static String title(ActionItem item) {
    String what = orElse(PlainText.line(item.getTitle(), MAX_TEXT), "Action needed");
    String all = what + " in " + PlainText.line(where(item));
    if (all.length() <= MAX_TITLE) {
      return all;
    }
    int end = Character.isHighSurrogate(all.charAt(MAX_TITLE - 2)) ? MAX_TITLE - 2 : MAX_TITLE - 1;
    return all.substring(0, end) + "…";
  }

  private static Text body(ActionItem item, String mark) {
    List<Block> blocks = new ArrayList<>();
    if (item.getStatusReason() != null) {
      blocks.add(
          new Paragraph(
              List.of(
                  new Strong(capital(EventJson.word(item.getStatus()))),
                  plain(": " + item.getStatusReason(), MAX_SUMMARY))));
    }
    if (!item.getSummary().isBlank()) {
      blocks.add(new Paragraph(List.of(plain(item.getSummary(), MAX_SUMMARY))));
    }
    blocks.add(new Bullets(facts(item)));
    section(blocks, "Release lines", lines(item));
    section(blocks, "Findings", findings(item));
    section(blocks, "References", references(item));
    blocks.add(
        new Paragraph(
            List.of(
                new Plain(
                    "Sluice writes this text anew with every change; please answer in "
                        + "comments. Item "),
                code(item.getId(), MAX_TEXT),
                new Plain(", episode " + item.getEpisode() + ", "),
                new Code(mark),
                new Plain("."))));
    return new Text(blocks);
  }

  private static void section(List<Block> blocks, String title, List<List<Inline>> entries) {
    if (!entries.isEmpty()) {
      blocks.add(new Heading(title));
      blocks.add(new Bullets(entries));
    }
  }

  private static List<List<Inline>> facts(ActionItem item) {
    List<List<Inline>> facts = new ArrayList<>();
    facts.add(List.of(new Strong("Where:"), new Plain(" "), code(where(item), MAX_TEXT)));
    fact(facts, "Place", item.getPlace());
    fact(facts, "Package", item.getPackage$());
    String exploited = item.getKnownExploited() ? ", known to be exploited" : "";
    fact(facts, "Severity", EventJson.word(item.getSeverity()) + exploited);
    if (item.getDue() != null) {
      String rule = item.getDueReason() == null ? "" : " (" + item.getDueReason() + ")";
      fact(facts, "Due", day(item.getDue()) + rule);
    }
    fact(facts, "Why", item.getReason());
    fact(facts, "Policy rule", item.getRule());
    fact(facts, "Owner", item.getOwner());
    fact(facts, "Seen by", names(item.getScanners()));
    return facts;
  }

  private static void fact(List<List<Inline>> facts, String name, String value) {
    if (value != null && !value.isBlank()) {
      facts.add(List.of(new Strong(name + ":"), plain(" " + value, MAX_FACT)));
    }
  }

  private static List<List<Inline>> lines(ActionItem item) {
    List<List<Inline>> lines = new ArrayList<>();
    for (LineFix line : item.getLines().stream().limit(MAX_LINES).toList()) {
      String support =
          " (%s)%s: "
              .formatted(EventJson.word(line.getSupport()), line.getResolved() ? ", done" : "");
      List<Inline> entry = new ArrayList<>();
      entry.add(code(line.getLine(), MAX_NAME));
      entry.add(new Plain(support));
      if (!line.getInstalledVersions().isEmpty()) {
        entry.add(code(names(line.getInstalledVersions()), MAX_TEXT));
        entry.add(new Plain(", "));
      }
      if (line.getFixedVersion() == null) {
        entry.add(new Plain("no fix yet"));
      } else {
        entry.add(new Plain("all fixed in "));
        entry.add(code(line.getFixedVersion(), MAX_NAME));
      }
      if (line.getConflict() != null) {
        entry.add(plain("; sources disagree: " + line.getConflict(), MAX_TEXT - 50));
      }
      lines.add(entry);
    }
    more(lines, item.getLines().size() - MAX_LINES);
    return lines;
  }

  private static List<List<Inline>> findings(ActionItem item) {
    List<List<Inline>> findings = new ArrayList<>();
    for (ItemFinding finding : item.getFindings().stream().limit(MAX_FINDINGS).toList()) {
      List<String> blind = new ArrayList<>(item.getScanners());
      blind.removeAll(finding.getScanners());
      String exploited = finding.getKnownExploited() ? ", known to be exploited" : "";
      String seen =
          finding.getScanners().isEmpty() ? "" : "; seen by " + names(finding.getScanners());
      String not = blind.isEmpty() || seen.isEmpty() ? "" : ", not by " + names(blind);
      findings.add(
          List.of(
              code(orElse(finding.getVulnerability(), finding.getFindingId()), MAX_NAME),
              plain(" " + EventJson.word(finding.getSeverity()) + exploited + seen + not, MAX_TEXT),
              plain(finding.getTitle().isBlank() ? "" : ": " + finding.getTitle(), MAX_TEXT)));
    }
    more(findings, Math.max(item.getFindingCount(), item.getFindings().size()) - MAX_FINDINGS);
    return findings;
  }

  private static void more(List<List<Inline>> entries, int more) {
    if (more > 0) {
      entries.add(List.of(new Plain("and " + more + " more")));
    }
  }

  private static List<List<Inline>> references(ActionItem item) {
    return item.getReferences().stream()
        .limit(10)
        .flatMap(reference -> link(reference).stream())
        .map(List::<Inline>of)
        .toList();
  }

  /** A link if it is one: a scanner's text may be anything, {@code javascript:} too. */
  static Optional<Link> link(String reference) {
    try {
      URI uri = new URI(reference.trim());
      String url = uri.toASCIIString().replace("[", "%5B").replace("]", "%5D");
      boolean web =
          "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
      if (!web || uri.getHost() == null || uri.getUserInfo() != null || url.length() > MAX_URL) {
        return Optional.empty();
      }
      return Optional.of(
          new Link(
              uri.getScheme().toLowerCase(java.util.Locale.ROOT)
                  + url.substring(uri.getScheme().length())));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String where(ActionItem item) {
    return item.getUnit() == null ? item.getAsset() : item.getAsset() + "#" + item.getUnit();
  }

  private static String names(List<String> names) {
    String some = String.join(", ", names.stream().limit(MAX_VERSIONS).toList());
    int more = names.size() - MAX_VERSIONS;
    return more > 0 ? some + " and " + more + " more" : some;
  }

  /** Blanks at either end are kept: they part it from its neighbours. */
  private static Plain plain(String words, int limit) {
    String line = PlainText.line(words, limit);
    String front = words.startsWith(" ") && !line.isEmpty() ? " " : "";
    String back = words.endsWith(" ") && !line.isEmpty() ? " " : "";
    return new Plain(front + line + back);
  }

  private static Code code(String words, int limit) {
    return new Code(PlainText.line(words, limit));
  }

  private static String orElse(String words, String other) {
    return words == null || words.isBlank() ? other : words;
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }
}
