package dev.sluice.sinks.database;

import dev.sluice.events.Decision;
import dev.sluice.events.Finding;
import dev.sluice.events.LineState;
import dev.sluice.events.Location;
import dev.sluice.events.Occurrence;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** {@code findings.v1}. */
final class FindingsTable extends StateTable<Finding> {
  private static final Decision NONE = Decision.newBuilder().build();

  FindingsTable() {
    super(
        "findings",
        "finding_names.finding_id",
        "finding_scanners.finding_id",
        "finding_lines.finding_id",
        "finding_redirects.finding_id");
  }

  @Override
  long version(Entry<Finding> entry) {
    return entry.value().getRevision();
  }

  @Override
  void insert(Connection connection, List<Entry<Finding>> entries) throws SQLException {
    try (Insert rows =
        new Insert(
            connection,
            "findings",
            "id, asset, unit, kind, vulnerability, package, package_name, source_package, place,"
                + " title, severity, status, sort_rank, actionable, rule, reason, known_exploited,"
                + " epss, fix_state, item_id, moved_to, occurrence_count, first_seen, resolved_at,"
                + " resolution, due, episode, version, log_offset, updated_at, document")) {
      for (Entry<Finding> entry : entries) {
        row(rows, entry);
      }
      rows.send();
    }
    names(connection, entries);
    scanners(connection, entries);
    lines(connection, entries);
    redirects(connection, entries);
  }

  private static void row(Insert row, Entry<Finding> entry) throws SQLException {
    Finding finding = entry.value();
    Decision decision = finding.getDecision() == null ? NONE : finding.getDecision();
    row.text(entry.key(), Width.ID)
        .some(finding.getAsset(), Width.NAME)
        .text(finding.getUnit(), Width.NAME)
        .word(finding.getKind())
        .some(finding.getVulnerability(), Width.NAME)
        .text(finding.getPackage$(), Width.NAME)
        .text(finding.getPackageName(), Width.NAME)
        .text(finding.getSourcePackage(), Width.NAME)
        .text(place(finding.getLocation()), Width.TEXT)
        .some(finding.getTitle(), Width.TEXT)
        .word(finding.getSeverity())
        .word(finding.getStatus())
        .number(Rank.of(finding.getStatus(), finding.getSeverity()))
        .flag(decision.getActionable())
        .some(decision.getRule(), Width.NAME)
        .some(decision.getReason(), Width.NAME)
        .flag(finding.getKnownExploited())
        .real(finding.getEpssScore())
        .word(finding.getFixState())
        .text(finding.getItem(), Width.ID)
        .text(finding.getMovedTo(), Width.ID)
        .number(finding.getOccurrenceCount())
        .time(finding.getFirstSeen())
        .time(finding.getResolvedAt())
        .text(finding.getResolution(), Width.NAME)
        .time(finding.getDue())
        .number(finding.getEpisode())
        .number(finding.getRevision())
        .number(entry.offset())
        .time(finding.getUpdatedAt())
        .text(RecordJson.document(finding), Width.DOCUMENT)
        .row();
  }

  private static String place(Location location) {
    if (location == null) {
      return null;
    }
    return location.getStartLine() == null
        ? location.getPath()
        : location.getPath() + ":" + location.getStartLine();
  }

  private static void names(Connection connection, List<Entry<Finding>> entries)
      throws SQLException {
    try (Insert rows = new Insert(connection, "finding_names", "finding_id, name")) {
      for (Entry<Finding> entry : entries) {
        Finding finding = entry.value();
        Set<String> names = new TreeSet<>();
        add(names, finding.getVulnerability());
        finding.getAliases().forEach(alias -> add(names, alias));
        for (Occurrence occurrence : finding.getOccurrences()) {
          add(names, occurrence.getNativeId());
        }
        for (String name : names) {
          rows.text(entry.key(), Width.ID).text(name, Width.NAME).row();
        }
      }
      rows.send();
    }
  }

  /** Ids are looked up whatever their case: GHSA is written both ways. */
  private static void add(Set<String> names, String name) {
    if (name != null && !name.isEmpty()) {
      names.add(Width.fit(name.toUpperCase(Locale.ROOT), Width.NAME));
    }
  }

  private static void scanners(Connection connection, List<Entry<Finding>> entries)
      throws SQLException {
    try (Insert rows = new Insert(connection, "finding_scanners", "finding_id, scanner")) {
      for (Entry<Finding> entry : entries) {
        for (String scanner : new LinkedHashSet<>(entry.value().getScanners())) {
          rows.text(entry.key(), Width.ID).text(scanner, Width.NAME).row();
        }
      }
      rows.send();
    }
  }

  private static void lines(Connection connection, List<Entry<Finding>> entries)
      throws SQLException {
    try (Insert rows =
        new Insert(
            connection,
            "finding_lines",
            "finding_id, line, present, support, head_version, installed, fixed_version,"
                + " first_seen")) {
      for (Entry<Finding> entry : entries) {
        for (LineState line : entry.value().getLines()) {
          rows.text(entry.key(), Width.ID)
              .some(line.getLine(), Width.NAME)
              .flag(line.getPresent())
              .word(line.getSupport())
              .text(line.getHeadVersion(), Width.NAME)
              .some(String.join(", ", line.getInstalledVersions()), Width.TEXT)
              .text(line.getFixedVersion(), Width.NAME)
              .time(line.getFirstSeen())
              .row();
        }
      }
      rows.send();
    }
  }

  private static void redirects(Connection connection, List<Entry<Finding>> entries)
      throws SQLException {
    try (Insert rows = new Insert(connection, "finding_redirects", "finding_id, former_id")) {
      for (Entry<Finding> entry : entries) {
        for (String former : new ArrayList<>(new TreeSet<>(entry.value().getFormerIds()))) {
          rows.text(entry.key(), Width.ID).text(former, Width.ID).row();
        }
      }
      rows.send();
    }
  }
}
