package dev.sluice.sinks.syslog;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Severity;
import dev.sluice.sinks.EventJson;
import dev.sluice.sinks.PlainText;
import dev.sluice.sinks.text.ItemText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * An event as a syslog message of RFC 5424, in UTF-8. No message is longer than its limit: a
 * parameter that does not fit is left out, and the words are cut between characters.
 */
final class SyslogMessage {
  private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final int MAX_VALUE = 255;
  private static final int MAX_TEXT = 1_000;
  private static final int MAX_HOSTNAME = 255;

  /** Kept free for the words, so that a message says something however much is known. */
  private static final int WORDS = 120;

  private final SyslogSettings settings;
  private final int limit;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);

  private SyslogMessage(SyslogSettings settings) {
    this.settings = settings;
    this.limit = settings.longest();
  }

  /**
   * @param hostname of the machine that sends
   */
  static byte[] of(SyslogSettings settings, String hostname, ActionItem item, ActionEvent event) {
    SyslogMessage message = new SyslogMessage(settings);
    message.header(hostname, item, event);
    message.data(item, event);
    message.words(item, event);
    return message.out.toByteArray();
  }

  /**
   * Severity as in RFC 5424, table 2. What nobody has rated is a warning; an end is a notice at
   * most.
   */
  static int severity(ActionItem item, ActionEventType event) {
    if (event == ActionEventType.EXPLOITED) {
      return 1;
    }
    int code = severity(item.getSeverity());
    return ItemText.isOpen(item) ? code : Math.max(code, 5);
  }

  private static int severity(Severity severity) {
    return switch (severity) {
      case CRITICAL -> 2;
      case HIGH -> 3;
      case MEDIUM, UNKNOWN -> 4;
      case LOW -> 5;
      case NEGLIGIBLE, NONE -> 6;
    };
  }

  private void header(String hostname, ActionItem item, ActionEvent event) {
    int priority = settings.facility().ordinal() * 8 + severity(item, event.getType());
    // TIME-SECFRAC has six digits at most.
    Instant at = event.getAt() == null ? null : event.getAt().truncatedTo(ChronoUnit.MICROS);
    String host = hostname.matches("[!-~]{1," + MAX_HOSTNAME + "}") ? hostname : "-";
    write(
        "<%d>1 %s %s %s - %s "
            .formatted(
                priority, at == null ? "-" : at, host, settings.appName(), event.getType().name()));
  }

  /** The most telling first: what comes last may not fit. */
  private void data(ActionItem item, ActionEvent event) {
    write("[" + settings.sdId());
    parameter("event", event.getId());
    parameter("item", item.getId());
    parameter("episode", Integer.toString(item.getEpisode()));
    parameter("revision", Long.toString(item.getRevision()));
    parameter("status", EventJson.word(item.getStatus()));
    parameter("severity", EventJson.word(item.getSeverity()));
    parameter("exploited", Boolean.toString(item.getKnownExploited()));
    parameter("kind", EventJson.word(item.getKind()));
    parameter("asset", item.getAsset());
    parameter("unit", item.getUnit());
    parameter("owner", item.getOwner());
    parameter("package", item.getPackage$());
    parameter("due", item.getDue() == null ? null : item.getDue().toString());
    parameter("rule", item.getRule());
    parameter("place", item.getPlace());
    write("]");
  }

  /** Quote, backslash and closing bracket are escaped (RFC 5424, 6.3.3), and nothing else is. */
  private void parameter(String name, String value) {
    String line = PlainText.line(value, MAX_VALUE);
    if (line.isEmpty()) {
      return;
    }
    String parameter = " %s=\"%s\"".formatted(name, line.replaceAll("[\"\\\\\\]]", "\\\\$0"));
    byte[] bytes = parameter.getBytes(StandardCharsets.UTF_8);
    if (out.size() + bytes.length + WORDS <= limit) {
      out.writeBytes(bytes);
    }
  }

  private void words(ActionItem item, ActionEvent event) {
    String reason =
        ItemText.isOpen(item) || item.getStatusReason() == null
            ? item.getReason()
            : item.getStatusReason();
    String words =
        "%s: %s in %s (%s)"
            .formatted(
                EventJson.word(event.getType()),
                ItemText.title(item),
                PlainText.line(ItemText.where(item), MAX_VALUE),
                ItemText.severity(item));
    String due = ItemText.isOpen(item) ? ItemText.due(item) : "";
    words += due.isEmpty() ? "" : ", due " + due;
    words += reason.isBlank() ? "" : ": " + reason;
    write(" ");
    out.writeBytes(BOM);
    byte[] bytes = PlainText.line(words, MAX_TEXT).getBytes(StandardCharsets.UTF_8);
    out.writeBytes(Arrays.copyOf(bytes, fitting(bytes, limit - out.size())));
  }

  /** At most so many bytes, and no half character. */
  private static int fitting(byte[] bytes, int room) {
    int end = Math.min(bytes.length, room);
    while (end < bytes.length && (bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return end;
  }

  private void write(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
