package dev.sluice.producers.format.sarif;

import dev.sluice.producers.format.TextLimits;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What of a rule (reportingDescriptor) its results need.
 *
 * @param help help text, or its markdown where the text is empty; container scanners put the
 *     package there
 */
record SarifRule(
    String id,
    String name,
    String level,
    String securitySeverity,
    String shortText,
    String fullText,
    String help,
    String helpUri,
    List<String> tags,
    List<String> cwes,
    List<String> deprecatedIds,
    Map<String, String> messages) {
  private static final int MAX_TAGS = 100;
  private static final int MAX_MESSAGES = 50;
  private static final int MAX_MESSAGE = 1_000;
  private static final int MAX_TAG = 300;
  private static final int MAX_WORD = 60;
  private static final int MAX_ID = 1_000;

  private static final class Draft {
    private String id;
    private String name;
    private String level;
    private String securitySeverity;
    private String shortText;
    private String fullText;
    private String help;
    private String helpUri;
    private final List<String> tags = new ArrayList<>(4);
    private final List<String> cwes = new ArrayList<>(2);
    private final List<String> deprecatedIds = new ArrayList<>(0);
    private final Map<String, String> messages = new LinkedHashMap<>(2);
  }

  static SarifRule read(JsonCursor json) throws IOException, UnreadableReportException {
    Draft draft = new Draft();
    json.object(name -> field(json, name, draft));
    return new SarifRule(
        TextLimits.cutIdentity(draft.id, MAX_ID),
        TextLimits.cut(draft.name, TextLimits.TITLE),
        TextLimits.cut(draft.level, MAX_WORD),
        TextLimits.cut(draft.securitySeverity, MAX_WORD),
        TextLimits.cut(draft.shortText, TextLimits.TITLE),
        TextLimits.cut(draft.fullText, TextLimits.DESCRIPTION),
        TextLimits.cut(draft.help, TextLimits.DESCRIPTION),
        TextLimits.cut(draft.helpUri, MAX_ID),
        List.copyOf(draft.tags),
        List.copyOf(draft.cwes),
        List.copyOf(draft.deprecatedIds),
        draft.messages.isEmpty() ? Map.of() : draft.messages);
  }

  private static void field(JsonCursor json, String name, Draft draft)
      throws IOException, UnreadableReportException {
    switch (name) {
      case "id" -> draft.id = json.text();
      case "name" -> draft.name = json.text();
      case "shortDescription" -> draft.shortText = messageText(json);
      case "fullDescription" -> draft.fullText = messageText(json);
      case "help" -> draft.help = messageText(json);
      case "helpUri" -> draft.helpUri = json.text();
      case "defaultConfiguration" ->
          json.object(
              part -> {
                if (part.equals("level")) {
                  draft.level = json.text();
                }
              });
      case "deprecatedIds" -> json.array(() -> add(draft.deprecatedIds, json.text()));
      case "messageStrings" ->
          json.object(
              id -> {
                String text = messageText(json);
                if (text != null && draft.messages.size() < MAX_MESSAGES) {
                  draft.messages.put(id, TextLimits.cut(text, MAX_MESSAGE));
                }
              });
      case "relationships" -> json.objects(() -> relationship(json, draft));
      case "properties" -> json.object(part -> property(json, part, draft));
      default -> {}
    }
  }

  private static void property(JsonCursor json, String name, Draft draft)
      throws IOException, UnreadableReportException {
    switch (name) {
      case "tags" -> json.array(() -> add(draft.tags, json.text()));
      case "security-severity" -> draft.securitySeverity = json.scalar();
      case "cwe" -> {
        if (json.isArray()) {
          json.array(() -> add(draft.cwes, json.text()));
        } else {
          add(draft.cwes, json.scalar());
        }
      }
      default -> {}
    }
  }

  /** A relation to a weakness of the CWE taxonomy. */
  private static void relationship(JsonCursor json, Draft draft)
      throws IOException, UnreadableReportException {
    json.object(
        name -> {
          if (name.equals("target")) {
            String cwe = weakness(json);
            add(draft.cwes, cwe);
          }
        });
  }

  /** The id of a reportingDescriptorReference if it is one of CWE's; else null. */
  static String weakness(JsonCursor json) throws IOException, UnreadableReportException {
    String[] parts = {null, null};
    json.object(
        part -> {
          switch (part) {
            case "id" -> parts[0] = json.text();
            case "toolComponent" ->
                json.object(
                    inner -> {
                      if (inner.equals("name")) {
                        parts[1] = json.text();
                      }
                    });
            default -> {}
          }
        });
    boolean cwe =
        parts[0] != null
            && (parts[0].regionMatches(true, 0, "CWE", 0, 3)
                || (parts[1] != null && parts[1].equalsIgnoreCase("CWE")));
    return cwe ? parts[0] : null;
  }

  /** A message: its text, or its markdown where it has no text. */
  static String messageText(JsonCursor json) throws IOException, UnreadableReportException {
    String[] parts = {null, null};
    json.object(
        part -> {
          switch (part) {
            case "text" -> parts[0] = json.text();
            case "markdown" -> parts[1] = isBlank(parts[0]) ? json.text() : null;
            default -> {}
          }
        });
    return parts[0] == null || parts[0].isBlank() ? parts[1] : parts[0];
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }

  void write(RuleBytes out) {
    out.write(id);
    out.write(name);
    out.write(level);
    out.write(securitySeverity);
    out.write(shortText);
    out.write(fullText);
    out.write(help);
    out.write(helpUri);
    write(out, tags);
    write(out, cwes);
    write(out, deprecatedIds);
    out.write(messages.size());
    messages.forEach(
        (key, text) -> {
          out.write(key);
          out.write(text);
        });
  }

  private static void write(RuleBytes out, List<String> texts) {
    out.write(texts.size());
    texts.forEach(out::write);
  }

  static SarifRule load(RuleBytes in) {
    return new SarifRule(
        in.text(),
        in.text(),
        in.text(),
        in.text(),
        in.text(),
        in.text(),
        in.text(),
        in.text(),
        list(in),
        list(in),
        list(in),
        messages(in));
  }

  private static List<String> list(RuleBytes in) {
    int size = in.number();
    List<String> list = size == 0 ? List.of() : new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(in.text());
    }
    return list;
  }

  private static Map<String, String> messages(RuleBytes in) {
    int size = in.number();
    Map<String, String> messages = size == 0 ? Map.of() : new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      messages.put(in.text(), in.text());
    }
    return messages;
  }

  private static void add(List<String> list, String text) {
    if (text != null && !text.isBlank() && list.size() < MAX_TAGS) {
      list.add(TextLimits.cut(text, MAX_TAG));
    }
  }
}
