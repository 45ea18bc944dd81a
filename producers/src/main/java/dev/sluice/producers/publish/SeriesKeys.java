package dev.sluice.producers.publish;

import dev.sluice.events.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The key of a series: scanner and scope in one string, the same for scans that may be compared.
 *
 * <p>{@code trivy;platform=linux/amd64;filters=ignore-unfixed,severity=CRITICAL+HIGH}: fields in a
 * fixed order, empty ones left out; lists sorted and without repeats; {@code % ; , +} and blanks
 * percent-encoded in values. Nothing in it comes from a clock or from the order of a report.
 */
final class SeriesKeys {
  /** Longest scope that is written out, in characters; a longer one is its digest. */
  static final int MAX_SCOPE = 400;

  private SeriesKeys() {}

  static String of(String scanner, Scope scope) {
    StringBuilder key = new StringBuilder();
    append(key, "name", encode(strip(scope.getName())));
    append(key, "paths", joined(scope.getPaths().stream().map(SeriesKeys::path).toList()));
    append(key, "platform", encode(lower(scope.getPlatform())));
    append(key, "languages", joined(scope.getLanguages().stream().map(SeriesKeys::lower).toList()));
    append(key, "ruleset", encode(strip(scope.getRuleset())));
    append(key, "filters", filters(scope.getFilters()));
    if (key.length() > MAX_SCOPE) {
      key = new StringBuilder(";sha256=").append(sha256(key.toString()));
    }
    return encode(lower(scanner)) + key;
  }

  private static void append(StringBuilder key, String field, String value) {
    if (!value.isEmpty()) {
      key.append(';').append(field).append('=').append(value);
    }
  }

  private static String joined(Collection<String> values) {
    return values.stream()
        .filter(value -> !value.isEmpty())
        .map(SeriesKeys::encode)
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .collect(Collectors.joining(","));
  }

  /** {@code severity=HIGH,CRITICAL} hides the same as {@code severity=CRITICAL,HIGH}. */
  private static String filters(Collection<String> filters) {
    TreeSet<String> all = new TreeSet<>();
    for (String filter : filters) {
      int equals = filter.indexOf('=');
      String name = equals < 0 ? "" : encode(strip(filter.substring(0, equals))) + "=";
      String values =
          Arrays.stream(filter.substring(equals + 1).split(","))
              .map(value -> encode(strip(value)))
              .filter(value -> !value.isEmpty())
              .collect(Collectors.toCollection(TreeSet::new))
              .stream()
              .collect(Collectors.joining("+"));
      if (!values.isEmpty()) {
        all.add(name + values);
      }
    }
    return String.join(",", all);
  }

  private static String path(String path) {
    String plain = strip(path).replace('\\', '/').replaceFirst("^(\\./)+", "");
    return plain.length() > 1 ? plain.replaceFirst("/+$", "") : plain;
  }

  private static String lower(String value) {
    return strip(value).toLowerCase(Locale.ROOT);
  }

  private static String strip(String value) {
    return value == null ? "" : value.strip();
  }

  private static String encode(String value) {
    StringBuilder encoded = new StringBuilder(value.length());
    value
        .codePoints()
        .forEach(
            c -> {
              if (c <= ' ' || c == 0x7f || c == '%' || c == ';' || c == ',' || c == '+') {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
              } else {
                encoded.appendCodePoint(c);
              }
            });
    return encoded.toString();
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
