package dev.sluice.producers.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Changes bytes of a report at random: sometimes it stays JSON or XML, sometimes not. */
final class ByteMutation {
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "-1",
          "0",
          "1e999",
          "99999999999999999999999",
          "0.1e-5",
          "\"\"",
          "\" \"",
          "\"x\"",
          "[]",
          "{}",
          "[[]]",
          "[null]",
          "[{}]",
          "{\"a\":{}}",
          "\"\\u0000\\ud800\"",
          "\"CVE-2024-1\"",
          "\"pkg:deb/debian/\"",
          "\"https://[::1\"",
          "\"file:///%zz\"",
          "\"2024-13-45T99:99:99Z\"");

  private static final String ODD = "{}[]\",:\\\u0000\n0-e.tfn\u00e4 <>/&";

  /** What may stand between two tags of XML. */
  private static final List<String> CONTENTS =
      List.of(
          "",
          " ",
          "x",
          "-1",
          "1e999",
          "99999999999999999999999",
          "<a/>",
          "<a><b>x</b></a>",
          "</a>",
          "<![CDATA[<x>]]>",
          "<!-- x -->",
          "&#x10ffff;",
          "&#0;",
          "&e;",
          "pkg:deb/debian/",
          "2024-13-45T99:99:99Z");

  private final Random random;
  private final List<byte[]> others;

  ByteMutation(Random random, List<byte[]> others) {
    this.random = random;
    this.others = others;
  }

  /** One to four changes of a copy. */
  byte[] of(byte[] report) {
    byte[] changed = report;
    for (int n = 1 + random.nextInt(4); n > 0 && changed.length > 0; n--) {
      changed = once(changed);
    }
    return changed;
  }

  private byte[] once(byte[] bytes) {
    int at = random.nextInt(bytes.length);
    int some = at + Math.min(bytes.length - at, 1 + random.nextInt(1 << random.nextInt(12)));
    return switch (random.nextInt(8)) {
      case 0 -> join(bytes, 0, at, odd(), at + 1, bytes.length);
      case 1 -> join(bytes, 0, at, odd(), at, bytes.length);
      case 2 -> join(bytes, 0, at, new byte[0], some, bytes.length);
      case 3 -> join(bytes, 0, some, new byte[0], at, bytes.length);
      case 4 -> join(bytes, 0, at, slice(), at, bytes.length);
      case 5 -> random.nextInt(4) > 0 ? value(bytes, at) : java.util.Arrays.copyOf(bytes, at);
      default -> value(bytes, at);
    };
  }

  private byte[] value(byte[] bytes, int at) {
    return bytes[0] == '<' ? content(bytes, at) : field(bytes, at);
  }

  /** Something else between two tags, or instead of a tag: mostly XML still. */
  private byte[] content(byte[] bytes, int at) {
    byte until = (byte) (random.nextInt(4) > 0 ? '>' : '<');
    int from = at;
    while (from < bytes.length && bytes[from] != until) {
      from++;
    }
    from += until == '>' ? 1 : 0;
    int end = from + 1;
    while (end < bytes.length && bytes[end] != '<') {
      end++;
    }
    if (end >= bytes.length) {
      return bytes;
    }
    String content = CONTENTS.get(random.nextInt(CONTENTS.size()));
    return join(bytes, 0, from, content.getBytes(StandardCharsets.UTF_8), end, bytes.length);
  }

  /** Another value for the next field: mostly JSON still. */
  private byte[] field(byte[] bytes, int at) {
    int colon = at;
    while (colon < bytes.length && bytes[colon] != ':') {
      colon++;
    }
    int end = colon + 1;
    boolean quoted = false;
    int depth = 0;
    while (end < bytes.length) {
      byte b = bytes[end];
      if (b == '"' && bytes[end - 1] != '\\') {
        quoted = !quoted;
      } else if (!quoted && (b == '{' || b == '[')) {
        depth++;
      } else if (!quoted && (b == ',' || b == '}' || b == ']') && depth-- <= 0) {
        break;
      } else if (!quoted && b == ',') {
        depth++;
      }
      end++;
    }
    if (end >= bytes.length) {
      return bytes;
    }
    String value = VALUES.get(random.nextInt(VALUES.size()));
    return join(bytes, 0, colon + 1, value.getBytes(StandardCharsets.UTF_8), end, bytes.length);
  }

  private byte[] odd() {
    int c = ODD.charAt(random.nextInt(ODD.length()));
    return new byte[] {(byte) c};
  }

  /** A piece of a report of the same format. */
  private byte[] slice() {
    byte[] other = others.get(random.nextInt(others.size()));
    if (other.length == 0) {
      return other;
    }
    int from = random.nextInt(other.length);
    int to = from + Math.min(other.length - from, 1 + random.nextInt(2_000));
    return java.util.Arrays.copyOfRange(other, from, to);
  }

  private static byte[] join(byte[] bytes, int from, int to, byte[] between, int again, int end) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + between.length);
    out.write(bytes, from, to - from);
    out.writeBytes(between);
    out.write(bytes, Math.min(again, end), Math.max(0, end - again));
    return out.toByteArray();
  }
}
