package dev.sluice.app.settings;

import dev.sluice.settings.SecretValue;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns the text of a setting into its type and says what it expected if it cannot. */
final class SettingText {
  private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h|d)");

  private SettingText() {}

  /**
   * @throws IllegalArgumentException if the text is not of the type; the message is what was
   *     expected, and never holds the text
   */
  static Object parse(Class<?> type, String text) {
    if (text.isEmpty()) {
      return empty(type);
    }
    try {
      return type.isEnum() ? constant(type, text) : value(type, text.strip(), text);
    } catch (NumberFormatException
        | DateTimeParseException
        | InvalidPathException
        | ArithmeticException e) {
      throw new IllegalArgumentException(expected(type), e);
    }
  }

  private static Object value(Class<?> type, String text, String verbatim) {
    if (type == String.class) {
      return verbatim;
    } else if (type == SecretValue.class) {
      return SecretValue.of(verbatim);
    } else if (type == boolean.class) {
      return bool(text);
    } else if (type == int.class) {
      return Integer.parseInt(text);
    } else if (type == long.class) {
      return Long.parseLong(text);
    } else if (type == double.class) {
      return Double.parseDouble(text);
    } else if (type == Duration.class) {
      return duration(text);
    } else if (type == URI.class) {
      return uri(text);
    } else if (type == Path.class) {
      return Path.of(verbatim);
    } else if (type == List.class) {
      return list(verbatim);
    }
    throw new IllegalStateException("no settings type: " + type.getName());
  }

  /** What a key without a value and without a default holds. */
  private static Object empty(Class<?> type) {
    if (type == String.class) {
      return "";
    } else if (type == SecretValue.class) {
      return SecretValue.of("");
    } else if (type == boolean.class) {
      return false;
    } else if (type == int.class) {
      return 0;
    } else if (type == long.class) {
      return 0L;
    } else if (type == double.class) {
      return 0.0;
    } else if (type == List.class) {
      return List.of();
    }
    return null;
  }

  private static boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(expected(boolean.class));
    };
  }

  private static Object constant(Class<?> type, String text) {
    String wanted = text.strip().replace('-', '_');
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equalsIgnoreCase(wanted)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(expected(type));
  }

  private static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Duration.parse(text);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(expected(URI.class), e);
    }
  }

  private static List<String> list(String text) {
    List<String> parts = new ArrayList<>();
    for (String part : text.split("(?<!\\\\),")) {
      String item = part.replace("\\,", ",").strip();
      if (!item.isEmpty()) {
        parts.add(item);
      }
    }
    return List.copyOf(parts);
  }

  /** The inverse of reading a list, for sources that know the single values. */
  static String join(List<String> items) {
    return items.stream().map(i -> i.replace(",", "\\,")).collect(Collectors.joining(","));
  }

  /** What a type looks like, for people. */
  static String expected(Class<?> type) {
    if (type == boolean.class) {
      return "true or false";
    } else if (type == int.class || type == long.class) {
      return "a whole number";
    } else if (type == double.class) {
      return "a number";
    } else if (type == Duration.class) {
      return "a duration such as 500ms, 30s, 5m, 12h or 7d";
    } else if (type == URI.class) {
      return "a URL";
    } else if (type == Path.class) {
      return "a path";
    } else if (type == List.class) {
      return "a list, comma separated";
    } else if (type == SecretValue.class) {
      return "a secret";
    } else if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(SettingText::written)
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    return "text";
  }

  static String written(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
