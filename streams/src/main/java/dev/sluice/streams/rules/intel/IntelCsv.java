package dev.sluice.streams.rules.intel;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.sluice.streams.rules.document.DocumentException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Walks CSV feeds (RFC 4180) row by row; lines that begin with {@code #} are remarks. */
final class IntelCsv {
  private static final CsvMapper CSV =
      CsvMapper.builder()
          .enable(CsvParser.Feature.ALLOW_COMMENTS)
          .enable(CsvParser.Feature.TRIM_SPACES)
          .build();

  private IntelCsv() {}

  /** One row by the names of its columns, and its line. */
  record Row(Map<String, String> cells, int line) {
    String required(String column) {
      String cell = cells.getOrDefault(column, "");
      if (cell.isBlank()) {
        throw wrong("has no " + column);
      }
      return cell.strip();
    }

    String text(String column) {
      return cells.getOrDefault(column, "").strip();
    }

    /** A calendar date, or null if there is none. */
    LocalDate date(String column) {
      String text = text(column);
      try {
        return text.isEmpty() ? null : LocalDate.parse(text);
      } catch (DateTimeException e) {
        throw wrong(column + " \"" + text + "\" is no date");
      }
    }

    /** A number from 0 to 1. */
    double probability(String column) {
      String text = required(column);
      try {
        double number = Double.parseDouble(text);
        if (number >= 0 && number <= 1) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Falls through to the one complaint for both.
      }
      throw wrong(column + " \"" + text + "\" is no number from 0 to 1");
    }

    private DocumentException wrong(String what) {
      return new DocumentException(
          line, 1, "This row " + what + ".", "Fetch the feed again; nothing of it was loaded.");
    }
  }

  /** Takes rows. */
  @FunctionalInterface
  interface Rows {
    void row(Row row);
  }

  /**
   * Every row.
   *
   * @param columns columns without which it is another sort of document
   */
  static void rows(InputStream document, List<String> columns, Rows rows) throws IOException {
    BufferedReader text =
        new BufferedReader(new InputStreamReader(document, StandardCharsets.UTF_8));
    try (MappingIterator<Map<String, String>> read =
        CSV.readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(text)) {
      boolean first = true;
      while (read.hasNext()) {
        int line = read.getCurrentLocation().getLineNr();
        Map<String, String> cells = read.next();
        Row row = new Row(cells, line);
        if (first && !cells.keySet().containsAll(columns)) {
          throw new DocumentException(
              1,
              1,
              "The columns are " + String.join(", ", cells.keySet()) + ".",
              "Expected " + String.join(", ", columns) + ": check that it is the feed you mean.");
        }
        first = false;
        rows.row(row);
      }
    } catch (JacksonException e) {
      JsonLocation place = e.getLocation();
      throw new DocumentException(
          place == null ? 1 : Math.max(1, place.getLineNr()),
          1,
          "This is not CSV, or it is cut off.",
          "Fetch it again.");
    }
  }
}
