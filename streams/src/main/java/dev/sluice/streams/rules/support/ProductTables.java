package dev.sluice.streams.rules.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables of a document that speak of one product. */
record ProductTables(List<Chosen> chosen, List<String> warnings) {

  /**
   * A table about the product.
   *
   * @param clean takes the product's name off a version cell
   * @param foreign whether it speaks of several products and none of them is ours
   */
  record Chosen(
      RawTable table, TableColumns columns, UnaryOperator<String> clean, boolean foreign) {}

  private static final Pattern LEADING_WORDS =
      Pattern.compile(
          "^(?<words>[A-Za-z][A-Za-z0-9.+#-]*(?: [A-Za-z][A-Za-z.+#-]*)*) (?=[vV<>=~^]?\\d|[<>=~^])");

  static ProductTables choose(String product, String sourceName, List<RawTable> all) {
    String name = shortName(product);
    List<String> warnings = new ArrayList<>();
    List<Chosen> support = new ArrayList<>();
    for (RawTable raw : all) {
      RawTable table = TransposedTable.upright(raw);
      UnaryOperator<String> clean = cleaner(table, name);
      Optional<TableColumns> columns = TableColumns.of(table, clean);
      if (columns.isPresent()) {
        support.add(ofProduct(name, table, columns.get(), clean, sourceName, warnings));
      }
    }
    List<Chosen> named =
        support.stream()
            .filter(c -> !name.isEmpty() && words(c.table.heading()).contains(" " + name + " "))
            .toList();
    if (!named.isEmpty() && named.size() < support.size()) {
      warnings.add(
          sourceName
              + ": "
              + (support.size() - named.size())
              + " of "
              + support.size()
              + " tables are under headings of something else and are left out");
      return new ProductTables(named, warnings);
    }
    return new ProductTables(support, warnings);
  }

  /** Keeps the rows of the product where a column names one; if none does, all rows are kept. */
  private static Chosen ofProduct(
      String name,
      RawTable table,
      TableColumns columns,
      UnaryOperator<String> clean,
      String sourceName,
      List<String> warnings) {
    if (columns.product() < 0) {
      return new Chosen(table, columns, clean, false);
    }
    List<String> products =
        table.column(columns.product()).stream()
            .map(ProductTables::words)
            .distinct()
            .collect(Collectors.toList());
    if (products.size() < 2) {
      return new Chosen(table, columns, clean, false);
    }
    List<RawTable.Row> own =
        table.rows().stream()
            .filter(r -> words(r.cell(columns.product())).contains(" " + name + " "))
            .toList();
    String where = sourceName + ":" + table.line() + ": ";
    if (own.isEmpty() || name.isEmpty()) {
      warnings.add(
          where
              + "speaks of several products"
              + (name.isEmpty() ? ": say which is meant" : ", and none is called " + name));
      return new Chosen(table, columns, clean, true);
    }
    warnings.add(where + "speaks of several products; only rows of " + name + " are used");
    return new Chosen(
        new RawTable(table.line(), table.heading(), table.headers(), own), columns, clean, false);
  }

  /** Takes off the product's name, or the words that all cells begin with: Spring Boot 3.2.x. */
  private static UnaryOperator<String> cleaner(RawTable table, String name) {
    Pattern own =
        name.isEmpty()
            ? null
            : Pattern.compile("(?i)(?<![\\w.])" + Pattern.quote(name) + "(?![\\w.])[-: ]*");
    List<Pattern> common = new ArrayList<>();
    for (int i = 0; i < table.headers().size(); i++) {
      commonWords(table.column(i))
          .ifPresent(words -> common.add(Pattern.compile("^" + Pattern.quote(words) + " ")));
    }
    return cell -> {
      String text = own == null ? cell : own.matcher(cell).replaceAll("").strip();
      for (Pattern words : common) {
        text = words.matcher(text).replaceFirst("");
      }
      return text;
    };
  }

  private static Optional<String> commonWords(List<String> cells) {
    String words = null;
    for (String cell : cells) {
      var m = LEADING_WORDS.matcher(cell);
      if (!m.find() || (words != null && !words.equals(m.group("words")))) {
        return Optional.empty();
      }
      words = m.group("words");
    }
    // Words that mean something for a range stay.
    return Optional.ofNullable(words)
        .filter(
            w ->
                cells.size() > 1
                    && !w.matches(
                        "(?i).*\\b(?:latest|older|newest|before|below|above|after|alpha|beta|rc|other|all|current|last|under|than)\\b.*"));
  }

  private static String shortName(String product) {
    String last = product == null ? "" : product.substring(product.lastIndexOf('/') + 1);
    return words(last).strip();
  }

  private static String words(String text) {
    return " " + text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}.+#]+", " ").strip() + " ";
  }
}
