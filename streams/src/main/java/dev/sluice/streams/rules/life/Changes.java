package dev.sluice.streams.rules.life;

import dev.sluice.events.ActionItem;
import dev.sluice.events.Change;
import dev.sluice.events.ItemFinding;
import dev.sluice.events.LineFix;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What changed between two states of an item, in words for people. */
final class Changes {
  private static final int MOST = 20;
  private static final int LONGEST = 500;

  private final List<Change> changes = new ArrayList<>();

  private Changes() {}

  static List<Change> between(ActionItem before, ActionItem after) {
    Changes changes = new Changes();
    changes.add("severity", before.getSeverity(), after.getSeverity());
    changes.add("knownExploited", before.getKnownExploited(), after.getKnownExploited());
    changes.add("due", before.getDue(), after.getDue());
    changes.add("findings", findings(before), findings(after));
    changes.add("lines", lines(before), lines(after));
    changes.add("scanners", before.getScanners(), after.getScanners());
    changes.add("owner", before.getOwner(), after.getOwner());
    changes.add("title", before.getTitle(), after.getTitle());
    changes.add("place", before.getPlace(), after.getPlace());
    changes.add("reason", before.getReason(), after.getReason());
    return changes.changes.stream().limit(MOST).toList();
  }

  private static String findings(ActionItem item) {
    return item.getFindings().stream()
        .map(ItemFinding::getVulnerability)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String lines(ActionItem item) {
    return item.getLines().stream().map(Changes::line).collect(Collectors.joining("; "));
  }

  private static String line(LineFix line) {
    return line.getLine()
        + ": "
        + (line.getResolved()
            ? "fixed"
            : String.join(", ", line.getInstalledVersions())
                + " → "
                + (line.getFixedVersion() == null ? "no fix" : line.getFixedVersion()))
        + " ("
        + line.getSupport().name().toLowerCase(java.util.Locale.ROOT)
        + ")";
  }

  private void add(String field, Object before, Object after) {
    if (!Objects.equals(before, after)) {
      changes.add(new Change(field, text(before), text(after)));
    }
  }

  private static String text(Object value) {
    if (value == null) {
      return null;
    }
    String text = value.toString();
    return text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
  }
}
