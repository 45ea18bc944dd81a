package dev.sluice.streams.rules.support;

import dev.sluice.events.AssetRole;
import dev.sluice.events.Support;
import dev.sluice.events.SupportMatrix;
import dev.sluice.events.SupportedLine;
import dev.sluice.streams.rules.version.VersionRange;
import dev.sluice.streams.rules.version.VersionText;
import dev.sluice.streams.rules.version.WrittenRange;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A support matrix with its ranges read once, for many look-ups. {@link SupportLookup} says by
 * which rules.
 */
public final class SupportTable {
  private final String source;
  private final List<Row> rows;

  private SupportTable(SupportMatrix matrix) {
    this.source = matrix.getSource();
    this.rows = matrix.getLines().stream().map(Row::new).toList();
  }

  /** Reads the ranges of a matrix. */
  public static SupportTable of(SupportMatrix matrix) {
    return new SupportTable(matrix);
  }

  /** As {@link SupportLookup#of}. */
  public SupportAnswer lookup(AssetRole role, String line, String version, LocalDate today) {
    if (role == AssetRole.CONSUMED) {
      return SupportLookup.consumed();
    }
    Search search = new Search(source, rows, today);
    Optional<SupportAnswer> byVersion =
        VersionText.core(version).flatMap(core -> search.byVersion(version.strip(), core));
    if (byVersion.isPresent() && byVersion.get().support() != Support.UNKNOWN) {
      return byVersion.get();
    }
    // A row that speaks of the version and cannot be trusted is not overruled by the line's name.
    if (byVersion.isPresent() && byVersion.get().sourceLine() > 0) {
      return byVersion.get();
    }
    return search
        .byLine(line)
        .or(() -> byVersion)
        .orElseGet(
            () ->
                SupportAnswer.of(
                    Support.UNKNOWN, source + " does not speak of " + name(line, version) + "."));
  }

  private static String name(String line, String version) {
    if (version != null && !version.isBlank()) {
      return "version " + version.strip();
    }
    return line == null || line.isBlank()
        ? "a scan without version or line"
        : "line " + line.strip();
  }

  private record Row(SupportedLine line, WrittenRange written, Optional<VersionRange> range) {
    Row(SupportedLine line) {
      this(line, WrittenRange.read(line.getRange()), VersionRange.fromVers(line.getVers()));
    }

    boolean isNarrowerThan(Row other) {
      return range.get().within(other.range.get()) && !other.range.get().within(range.get());
    }
  }

  private record Search(String source, List<Row> rows, LocalDate today) {
    Optional<SupportAnswer> byVersion(String version, String core) {
      Optional<SupportAnswer> preRelease = byPreRelease(version, core);
      if (preRelease.isPresent()) {
        return preRelease;
      }
      List<Row> holding =
          rows.stream().filter(r -> r.range.map(x -> x.containsCore(core)).orElse(false)).toList();
      if (!holding.isEmpty()) {
        List<Row> narrowest =
            holding.stream()
                .filter(r -> holding.stream().noneMatch(o -> o.isNarrowerThan(r)))
                .toList();
        return Optional.of(agree(narrowest, "version " + version));
      }
      return byMovingRows(version, core);
    }

    private Optional<SupportAnswer> byPreRelease(String version, String core) {
      List<Row> holding =
          rows.stream()
              .filter(r -> r.written.kind() == WrittenRange.Kind.PRE_RELEASE)
              .filter(r -> r.written.range().map(x -> x.containsCore(core)).orElse(false))
              .filter(r -> VersionText.hasLabel(version, r.written.label()))
              .toList();
      return holding.isEmpty()
          ? Optional.empty()
          : Optional.of(agree(holding, "version " + version));
    }

    /** Rows such as "latest", "older 3.x" and "all others": sure only of what no other may mean. */
    private Optional<SupportAnswer> byMovingRows(String version, String core) {
      for (Row row : rows) {
        boolean moving =
            row.written.kind() == WrittenRange.Kind.LATEST
                || row.written.kind() == WrittenRange.Kind.OLDER;
        boolean mayMean = row.written.range().map(r -> r.containsCore(core)).orElse(true);
        if (moving && mayMean) {
          return Optional.of(
              new SupportAnswer(
                  Support.UNKNOWN,
                  at(row)
                      + " speaks of \""
                      + row.line.getRange()
                      + "\": whether that is version "
                      + version
                      + " cannot be told.",
                  row.line.getSourceLine(),
                  null));
        }
      }
      boolean newerThanAll =
          rows.stream()
              .map(Row::written)
              .flatMap(w -> w.range().stream())
              .allMatch(r -> r.isBelow(core));
      List<Row> others =
          rows.stream().filter(r -> r.written.kind() == WrittenRange.Kind.OTHER).toList();
      if (others.isEmpty()) {
        return Optional.empty();
      }
      return newerThanAll
          ? Optional.of(
              SupportAnswer.of(
                  Support.UNKNOWN,
                  source + " knows no version as new as " + version + ": it may be out of date."))
          : Optional.of(agree(others, "version " + version));
    }

    Optional<SupportAnswer> byLine(String line) {
      if (line == null || line.isBlank()) {
        return Optional.empty();
      }
      String wanted = line.strip().toLowerCase(Locale.ROOT);
      List<Row> named =
          rows.stream()
              .filter(
                  r ->
                      r.line.getRange().strip().toLowerCase(Locale.ROOT).equals(wanted)
                          || r.written.name().toLowerCase(Locale.ROOT).equals(wanted))
              .toList();
      if (!named.isEmpty()) {
        return Optional.of(agree(named, "line " + line));
      }
      WrittenRange asked = WrittenRange.read(line);
      if (asked.kind() != WrittenRange.Kind.LINE || asked.range().isEmpty()) {
        return Optional.empty();
      }
      List<Row> overlapping = new ArrayList<>();
      boolean whole = false;
      for (Row row : rows) {
        if (row.range.isPresent() && row.range.get().overlaps(asked.range().get())) {
          overlapping.add(row);
          whole |= asked.range().get().within(row.range.get());
        }
      }
      // A line of which a row holds a part only is not decided by that part.
      if (!whole) {
        return Optional.empty();
      }
      List<Row> holding = new ArrayList<>();
      for (Row row : overlapping) {
        boolean wider =
            overlapping.stream()
                .anyMatch(o -> o.isNarrowerThan(row) && asked.range().get().within(o.range.get()));
        if (!wider) {
          holding.add(row);
        }
      }
      return Optional.of(agree(holding, "line " + line));
    }

    private SupportAnswer agree(List<Row> holding, String what) {
      List<SupportAnswer> answers = holding.stream().map(r -> answer(r, what)).toList();
      SupportAnswer first = answers.get(0);
      if (answers.stream().map(SupportAnswer::support).distinct().count() == 1) {
        LocalDate earliest =
            answers.stream()
                .map(SupportAnswer::changesOn)
                .filter(Objects::nonNull)
                .min(LocalDate::compareTo)
                .orElse(null);
        return new SupportAnswer(first.support(), first.reason(), first.sourceLine(), earliest);
      }
      String lines =
          String.join(
              ", ", holding.stream().map(r -> String.valueOf(r.line.getSourceLine())).toList());
      return new SupportAnswer(
          Support.UNKNOWN,
          source + " contradicts itself about " + what + ": lines " + lines + ".",
          first.sourceLine(),
          null);
    }

    private SupportAnswer answer(Row row, String what) {
      SupportedLine line = row.line;
      LocalDate until = line.getUntil();
      String says = at(row) + " (\"" + line.getRange() + "\")";
      Support support = line.getSupport();
      if (support == Support.SUPPORTED && until != null) {
        boolean over = today.isAfter(until);
        return new SupportAnswer(
            over ? Support.UNSUPPORTED : Support.SUPPORTED,
            says + ": supported until " + until + ".",
            line.getSourceLine(),
            over ? null : until.plusDays(1));
      }
      if (support == Support.UNSUPPORTED && until != null && today.isAfter(until)) {
        support = Support.UNKNOWN;
      }
      String why =
          support == Support.UNKNOWN && !line.getWarnings().isEmpty()
              ? line.getWarnings().get(0)
              : support.name().toLowerCase(Locale.ROOT);
      return new SupportAnswer(
          support, says + " about " + what + ": " + why, line.getSourceLine(), null);
    }

    private String at(Row row) {
      return row.line.getSourceLine() > 0 ? source + ":" + row.line.getSourceLine() : source;
    }
  }
}
