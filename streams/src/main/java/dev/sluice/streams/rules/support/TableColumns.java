package dev.sluice.streams.rules.support;

import dev.sluice.streams.rules.version.WrittenRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Which columns of a table say what.
 *
 * @param version column of the ranges
 * @param status columns that say whether a range is supported, those about security first
 * @param security how many of them are about security
 * @param product column that names a product; -1 if there is none
 * @param stage column that names a stage such as beta; -1 if there is none
 * @param listed the header itself says what holds for every row: "Supported versions"
 */
record TableColumns(
    int version, List<Integer> status, int security, int product, int stage, Listed listed) {

  /** What a table without a status column says about the versions it lists. */
  enum Listed {
    NOTHING,
    SUPPORTED,
    UNSUPPORTED
  }

  private static final Pattern VERSION =
      Pattern.compile("version|release|series|\\btags?\\b|branch|\\bline|train|edition|channel");

  /** A header that says no more than that the column holds versions: not "Java version". */
  private static final Pattern PLAIN_VERSION =
      Pattern.compile(
          "\\W*(?:supported |release )?(?:version|release|series|branch|line|train|tag)(?:s|es)?"
              + "(?: (?:series|lines?|numbers?|ranges?|branch)|\\W+(?:or )?(?:branch|release|tag)(?:s|es)?)?\\W*");

  private static final Pattern STATUS =
      Pattern.compile(
          "support|status|state|maintain|maintenance|security|\\beo[lsm]\\b|end[ -]of|until|\\bends?\\b|fixes|updates|patches"
              + "|active|expir|notes?\\b|remarks?|details?\\b");
  private static final Pattern NO_STATUS =
      Pattern.compile(
          "\\bstart|since|\\bfrom\\b|launch|release[ds]? (?:date|on)|\\breleased\\b|initial|first|latest|quantity");
  private static final Pattern END =
      Pattern.compile("until|\\bends?\\b|end[ -]of|\\beo[lsm]\\b|expir|through");
  private static final Pattern PRODUCT =
      Pattern.compile("product|package|component|module|project|\\bname\\b|image|chart|\\bapp\\b");
  private static final Pattern STAGE =
      Pattern.compile("\\btags?\\b|channel|\\btype|stage|stability|phase");
  private static final Pattern OTHER_SUBJECT =
      Pattern.compile(
          "cve|vulnerab|affected|patched|cvss|severity|advisor|threat|permission|mitigation|\\brisk");

  static boolean isEndColumn(String header) {
    return END.matcher(header.toLowerCase(Locale.ROOT)).find();
  }

  /** Empty if the table is about something else. */
  static Optional<TableColumns> of(RawTable table, UnaryOperator<String> clean) {
    List<String> headers = table.headers().stream().map(h -> h.toLowerCase(Locale.ROOT)).toList();
    if (table.rows().isEmpty() || headers.stream().anyMatch(h -> OTHER_SUBJECT.matcher(h).find())) {
      return Optional.empty();
    }
    int version = versionColumn(table, headers, clean);
    if (version < 0) {
      return Optional.empty();
    }
    List<Integer> security = new ArrayList<>();
    List<Integer> general = new ArrayList<>();
    int product = -1;
    int stage = -1;
    for (int i = 0; i < headers.size(); i++) {
      String header = headers.get(i);
      if (i == version) {
        continue;
      }
      boolean status = STATUS.matcher(header).find() && !NO_STATUS.matcher(header).find();
      if (status && header.contains("security")) {
        security.add(i);
      } else if (status) {
        general.add(i);
      } else if (header.isBlank() && hasMarks(table.column(i))) {
        general.add(i);
      } else if (product < 0 && PRODUCT.matcher(header).find()) {
        product = i;
      } else if (stage < 0 && STAGE.matcher(header).find()) {
        stage = i;
      }
    }
    if (security.isEmpty() && general.isEmpty() && isAboutSupport(table)) {
      for (int i = 0; i < headers.size(); i++) {
        if (i != version && hasMarks(table.column(i))) {
          general.add(i);
        }
      }
    }
    Listed listed = Listed.NOTHING;
    if (security.isEmpty() && general.isEmpty()) {
      listed = listed(headers.get(version), table.heading());
      if (listed == Listed.NOTHING || comparesProducts(table, headers, version, clean)) {
        return Optional.empty();
      }
    }
    List<Integer> status = new ArrayList<>(security);
    status.addAll(general);
    return Optional.of(
        new TableColumns(version, List.copyOf(status), security.size(), product, stage, listed));
  }

  private static int versionColumn(
      RawTable table, List<String> headers, UnaryOperator<String> clean) {
    List<Integer> plain = new ArrayList<>();
    List<Integer> named = new ArrayList<>();
    for (int i = 0; i < headers.size(); i++) {
      if (PLAIN_VERSION.matcher(headers.get(i)).matches()) {
        plain.add(i);
      } else if (VERSION.matcher(headers.get(i)).find()) {
        named.add(i);
      }
    }
    for (List<Integer> candidates : List.of(plain, named)) {
      for (int i : candidates) {
        if (holdsRanges(table.column(i), clean)) {
          return i;
        }
      }
    }
    if (!hasStatus(headers)) {
      return -1;
    }
    boolean first = plain.isEmpty() && named.isEmpty() && holdsRanges(table.column(0), clean);
    if (first) {
      return 0;
    }
    // "Version" beside "Supported" is such a table, though hardly a row of it can be read.
    return plain.isEmpty() || !isAboutSupport(table) ? -1 : plain.get(0);
  }

  private static boolean holdsRanges(List<String> cells, UnaryOperator<String> clean) {
    long readable = cells.stream().filter(c -> isRange(clean.apply(c))).count();
    return readable > 0 && readable * 2 >= cells.size();
  }

  /** "Works with": versions of one thing beside versions of another, and no word on support. */
  private static boolean comparesProducts(
      RawTable table, List<String> headers, int version, UnaryOperator<String> clean) {
    if (PLAIN_VERSION.matcher(headers.get(version)).matches()) {
      return false;
    }
    for (int i = 0; i < headers.size(); i++) {
      if (i != version && holdsRanges(table.column(i), clean)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAboutSupport(RawTable table) {
    return table.heading().toLowerCase(Locale.ROOT).matches(".*(?:support|version|maint).*");
  }

  private static boolean hasStatus(List<String> headers) {
    return headers.stream()
        .anyMatch(h -> h.contains("support") || h.contains("maintain") || h.contains("eol"));
  }

  private static boolean isRange(String cell) {
    return WrittenRange.read(cell).kind() != WrittenRange.Kind.UNREADABLE;
  }

  private static boolean hasMarks(List<String> cells) {
    long marks =
        cells.stream()
            .filter(
                c ->
                    c.matches(
                        "(?is)\\s*(?:[✅✔☑✓❌✖✗✘🚫⛔]\\uFE0F?|:[a-z_+]+:|yes|no|supported|unsupported)\\s*"))
            .count();
    return marks > 0 && marks * 2 >= cells.size();
  }

  private static Listed listed(String header, String heading) {
    for (String text : new String[] {header, heading.toLowerCase(Locale.ROOT)}) {
      if (text.matches(
          ".*(?:unsupported|not supported|no longer supported|end[ -]of[ -]life|\\beol\\b).*")) {
        return Listed.UNSUPPORTED;
      }
      if (text.matches(".*\\bsupported\\b.*version.*|.*version.*\\bsupported\\b.*")) {
        return Listed.SUPPORTED;
      }
    }
    return Listed.NOTHING;
  }
}
