package dev.sluice.streams.rules.support;

import dev.sluice.events.Support;
import dev.sluice.events.SupportedLine;
import dev.sluice.streams.rules.version.WrittenRange;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the rows of one table into lines of a matrix. */
final class TableReader {

  private static final Pattern STAGE =
      Pattern.compile("(?i)^(alpha|beta|rc|release candidate|preview|milestone|snapshot)s?$");

  private TableReader() {}

  static List<SupportedLine> read(ProductTables.Chosen chosen, LocalDate today) {
    RawTable table = chosen.table();
    List<SupportedLine> lines = new ArrayList<>();
    List<DateText.Slashes> slashes =
        chosen.columns().status().stream().map(c -> DateText.slashes(table.column(c))).toList();
    for (RawTable.Row row : table.rows()) {
      boolean empty = row.cells().stream().allMatch(String::isBlank);
      if (!empty) {
        lines.add(line(chosen, row, slashes, today));
      }
    }
    return lines;
  }

  private static SupportedLine line(
      ProductTables.Chosen chosen,
      RawTable.Row row,
      List<DateText.Slashes> slashes,
      LocalDate today) {
    TableColumns columns = chosen.columns();
    String range = row.cell(columns.version());
    String cleaned = chosen.clean().apply(range);
    Matcher stage = STAGE.matcher(columns.stage() < 0 ? "" : row.cell(columns.stage()));
    if (stage.matches()) {
      range = range + " " + row.cell(columns.stage());
      cleaned = cleaned + " " + stage.group(1);
    }
    WrittenRange written = WrittenRange.read(cleaned);
    StatusCell status = status(chosen, row, slashes, today);
    List<String> warnings = new ArrayList<>(status.warnings());
    Support support = status.says();
    if (chosen.foreign()) {
      support = Support.UNKNOWN;
      warnings.add(0, "a row about \"" + row.cell(columns.product()) + "\"");
    } else if (written.kind() == WrittenRange.Kind.UNREADABLE) {
      support = Support.UNKNOWN;
      warnings.add(0, "\"" + range + "\" names no versions that can be told");
    } else if (written.kind() == WrittenRange.Kind.LATEST
        || written.kind() == WrittenRange.Kind.OLDER) {
      warnings.add("\"" + range + "\" moves with time: which versions it means cannot be told");
    } else if (written.kind() == WrittenRange.Kind.RANGE && !written.label().isEmpty()) {
      warnings.add("\"" + range + "\" moves with time: read as the versions that it surely means");
    }
    return SupportedLine.newBuilder()
        .setRange(range)
        .setVers(
            chosen.foreign()
                ? null
                : SupportMatrixReader.sureRange(written).map(r -> r.toVers()).orElse(null))
        .setSupport(support)
        .setUntil(support == Support.UNKNOWN ? null : status.until())
        .setSourceLine(row.line())
        .setWarnings(warnings)
        .build();
  }

  /**
   * What the status columns say together. A column about security decides where it says something.
   */
  private static StatusCell status(
      ProductTables.Chosen chosen,
      RawTable.Row row,
      List<DateText.Slashes> slashes,
      LocalDate today) {
    TableColumns columns = chosen.columns();
    switch (columns.listed()) {
      case SUPPORTED:
        return new StatusCell(Support.SUPPORTED, false, null, List.of());
      case UNSUPPORTED:
        return new StatusCell(Support.UNSUPPORTED, false, null, List.of());
      default:
        break;
    }
    List<StatusCell> cells = new ArrayList<>();
    for (int i = 0; i < columns.status().size(); i++) {
      int column = columns.status().get(i);
      StatusCell cell =
          StatusCell.read(
              row.cell(column),
              TableColumns.isEndColumn(chosen.table().headers().get(column)),
              slashes.get(i),
              today);
      if (cell.nothing()) {
        continue;
      }
      cells.add(cell);
      if (i < columns.security() && cell.says() != Support.UNKNOWN) {
        return cell;
      }
    }
    return together(cells, today);
  }

  private static StatusCell together(List<StatusCell> cells, LocalDate today) {
    if (cells.isEmpty()) {
      return new StatusCell(
          Support.UNKNOWN, false, null, List.of("the row does not say whether it is supported"));
    }
    List<String> warnings = new ArrayList<>();
    LocalDate until = null;
    boolean yes = false;
    boolean no = false;
    boolean ended = false;
    for (StatusCell cell : cells) {
      boolean onlyDate = cell.until() != null;
      if (cell.until() != null && (until == null || cell.until().isAfter(until))) {
        until = cell.until();
      }
      ended |= onlyDate && cell.until().isBefore(today);
      yes |= cell.says() == Support.SUPPORTED && !onlyDate;
      no |= cell.says() == Support.UNSUPPORTED;
      warnings.addAll(cell.warnings());
    }
    if (no && (yes || (until != null && !ended))) {
      warnings.add(0, "the columns of the row contradict each other");
      return new StatusCell(Support.UNKNOWN, false, null, warnings);
    }
    if (no) {
      return new StatusCell(Support.UNSUPPORTED, false, null, warnings);
    }
    if (yes || until != null) {
      return new StatusCell(Support.SUPPORTED, false, until, warnings);
    }
    return new StatusCell(Support.UNKNOWN, false, null, warnings);
  }

  static void unknown(SupportedLine line, String reason) {
    List<String> warnings = new ArrayList<>(line.getWarnings());
    warnings.add(0, reason);
    line.setSupport(Support.UNKNOWN);
    line.setUntil(null);
    line.setWarnings(warnings);
  }
}
