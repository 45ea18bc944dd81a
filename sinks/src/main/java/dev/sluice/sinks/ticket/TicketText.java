package dev.sluice.sinks.ticket;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.sinks.EventJson;
import dev.sluice.sinks.PlainText;
import dev.sluice.sinks.text.ItemText;
import dev.sluice.sinks.text.Text;
import dev.sluice.sinks.text.Text.Block;
import dev.sluice.sinks.text.Text.Bullets;
import dev.sluice.sinks.text.Text.Code;
import dev.sluice.sinks.text.Text.Heading;
import dev.sluice.sinks.text.Text.Inline;
import dev.sluice.sinks.text.Text.Paragraph;
import dev.sluice.sinks.text.Text.Plain;
import dev.sluice.sinks.text.Text.Strong;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
  private static final int MAX_REFERENCES = 10;
  private static final int MAX_TEXT = 150;
  private static final int MAX_SUMMARY = 500;
  private static final int MAX_ADOPTED_LINES = 40;

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
        Optional.ofNullable(item.getOpenedAt()).map(ItemText::day),
        Optional.ofNullable(item.getDue()).map(ItemText::day),
        item.getEmbargoed());
  }

  /** What is to be said, if anything: a change of state, or news that people must not miss. */
  Optional<Text> comment(Draft draft, ActionItem item, ActionEvent event, boolean wasOpen) {
    Optional<String> mended = Mending.words(event);
    if (mended.isPresent() && draft.open() != wasOpen) {
      return Optional.of(Text.of(Plain.of(mended.get(), MAX_SUMMARY)));
    }
    if (draft.open() && !wasOpen) {
      String words =
          switch (event.getType()) {
            case OPENED, REOPENED ->
                "Open again: " + orElse(item.getReason(), "it was found again");
            default ->
                "Opened again: it is still there. Last seen by "
                    + orElse(ItemText.names(item.getScanners()), "a scanner")
                    + ". Who may accept the risk can do so in Sluice.";
          };
      return Optional.of(Text.of(Plain.of(words, MAX_SUMMARY)));
    }
    if (!draft.open()) {
      String words = EventJson.word(draft.status());
      String why = orElse(item.getStatusReason(), "no reason was given");
      // Who closed it and asked for the acceptance is told that it was granted.
      boolean granted = event.getType() == ActionEventType.WITHDRAWN;
      return wasOpen || granted
          ? Optional.of(Text.of(new Strong(capital(words)), Plain.of(": " + why, MAX_SUMMARY)))
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

  /** What stood in a ticket that people wrote, before Sluice writes its own text. */
  Text adopted(Standing standing) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Paragraph(
            List.of(
                new Plain("Sluice keeps this ticket from now on. It was: "),
                Plain.of(standing.title(), MAX_TITLE))));
    standing
        .body()
        .lines()
        .filter(line -> !line.isBlank())
        .limit(MAX_ADOPTED_LINES)
        .forEach(line -> blocks.add(new Paragraph(List.of(Plain.of(line, MAX_SUMMARY)))));
    return new Text(blocks);
  }

  /** A marker as one word that means nothing in any markup and can be a label. */
  public static String mark(String marker) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha.digest(marker.getBytes(StandardCharsets.UTF_8));
      return "sluice-" + HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static String title(ActionItem item) {
    String all = ItemText.title(item) + " in " + PlainText.line(ItemText.where(item));
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
                  Plain.of(": " + item.getStatusReason(), MAX_SUMMARY))));
    }
    if (!item.getSummary().isBlank()) {
      blocks.add(new Paragraph(List.of(Plain.of(item.getSummary(), MAX_SUMMARY))));
    }
    blocks.add(new Bullets(ItemText.facts(item)));
    section(blocks, "Release lines", ItemText.lines(item, MAX_LINES));
    section(blocks, "Findings", ItemText.findings(item, MAX_FINDINGS));
    section(blocks, "References", ItemText.references(item, MAX_REFERENCES));
    blocks.add(
        new Paragraph(
            List.of(
                new Plain(
                    "Sluice writes this text anew with every change; please answer in "
                        + "comments. Item "),
                Code.of(item.getId(), MAX_TEXT),
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

  private static String orElse(String words, String other) {
    return words == null || words.isBlank() ? other : words;
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
