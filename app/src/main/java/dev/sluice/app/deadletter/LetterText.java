package dev.sluice.app.deadletter;

import dev.sluice.app.text.TextTable;
import dev.sluice.producers.redact.Redactor;
import java.io.PrintStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Dead letters for people and for machines. */
public final class LetterText {
  private static final int WIDE = 100;
  private static final int HEX_BYTES = 256;
  private static final int HEX_LINE = 16;

  /** A letter as {@code list --json} prints it; the output is an array of these. */
  public record Row(
      String id,
      String realm,
      String at,
      String step,
      String topic,
      int partition,
      long offset,
      String key,
      String error,
      int replays,
      int bytes,
      String resolution,
      String resolvedBy,
      String resolvedAt,
      String reason) {}

  private LetterText() {}

  public static Row row(Letter letter) {
    Resolution how = letter.resolution().orElse(null);
    return new Row(
        letter.id().toString(),
        letter.id().realm().name().toLowerCase(Locale.ROOT),
        letter.at().toString(),
        letter.step(),
        letter.topic(),
        letter.partition(),
        letter.offset(),
        letter.key(),
        letter.error(),
        letter.attempts(),
        letter.bytes(),
        how == null ? null : how.deed(),
        how == null ? null : how.by(),
        how == null ? null : how.at().toString(),
        how == null ? null : how.reason());
  }

  public static void table(PrintStream out, List<Letter> letters) {
    if (letters.isEmpty()) {
      out.println("no dead letters");
      return;
    }
    TextTable table =
        new TextTable("id", "at", "step", "topic", "key", "replays", "done", "why").dense();
    for (Letter letter : letters) {
      table.row(
          letter.id(),
          letter.at().toString(),
          letter.step(),
          letter.topic(),
          cut(letter.key(), 40),
          letter.attempts() == 0 ? "" : letter.attempts(),
          letter.resolution().map(how -> how.deed() + " by " + how.by()).orElse(""),
          cut(letter.error(), WIDE));
    }
    table.print(out, "");
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }

  /** Everything about one letter, with credentials hidden. */
  public static void print(PrintStream out, OpenLetter open) {
    Redactor redactor = new Redactor(new byte[Redactor.MIN_KEY_BYTES], "shown");
    Letter letter = open.letter();
    out.println("dead letter " + letter.id());
    TextTable facts = new TextTable("", "").dense();
    open.headers().forEach((name, value) -> facts.row(name, redactor.redact(value)));
    facts.row("key", letter.key());
    facts.row("bytes", letter.bytes() < 0 ? "no value" : letter.bytes());
    letter
        .resolution()
        .ifPresent(
            how ->
                facts.row(
                    how.deed(),
                    "by "
                        + how.by()
                        + " at "
                        + how.at()
                        + (how.to() == null ? "" : ", to " + how.to())
                        + (how.reason() == null ? "" : ": " + how.reason())));
    facts.print(out, "  ");
    open.json()
        .ifPresentOrElse(
            json -> out.println(printable(redactor.redact(json))),
            () -> hex(out, open.record().value()));
  }

  /** JSON keeps its line breaks; other control characters never reach a terminal. */
  private static String printable(String json) {
    return json.replaceAll("[\\p{Cntrl}\\p{Cf}&&[^\\n]]", " ");
  }

  private static void hex(PrintStream out, byte[] value) {
    if (value == null) {
      return;
    }
    out.println("cannot be decoded; its first bytes:");
    HexFormat hex = HexFormat.ofDelimiter(" ");
    int end = Math.min(value.length, HEX_BYTES);
    for (int at = 0; at < end; at += HEX_LINE) {
      out.printf("  %06x  %s%n", at, hex.formatHex(value, at, Math.min(end, at + HEX_LINE)));
    }
    if (value.length > end) {
      out.println("  … " + (value.length - end) + " more");
    }
  }
}
