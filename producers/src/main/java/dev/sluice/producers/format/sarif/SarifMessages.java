package dev.sluice.producers.format.sarif;

/** Texts of messages: written out, or an id with arguments (SARIF 3.11). */
final class SarifMessages {
  private static final int MAX = 20_000;

  private SarifMessages() {}

  static String of(SarifRun run, SarifResult result, SarifRule rule) {
    String text = result.messageText;
    if (text == null && result.messageId != null) {
      text = rule == null ? null : rule.messages().get(result.messageId);
      text = text == null ? run.globalMessages.get(result.messageId) : text;
    }
    if (text == null) {
      return "";
    }
    StringBuilder filled = new StringBuilder(text);
    for (int i = 0; i < result.arguments.size() && filled.length() < MAX; i++) {
      String placeholder = "{" + i + "}";
      int at = filled.indexOf(placeholder);
      while (at >= 0 && filled.length() < MAX) {
        filled.replace(at, at + placeholder.length(), result.arguments.get(i));
        at = filled.indexOf(placeholder, at + result.arguments.get(i).length());
      }
    }
    return filled.length() > MAX ? filled.substring(0, MAX) : filled.toString();
  }
}
