package dev.sluice.sinks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Change;
import dev.sluice.events.ItemFinding;
import dev.sluice.events.LineFix;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Action events as JSON, the same for every sink that sends JSON. Fields are in camel case, times
 * in ISO 8601 UTC, enum values in lower case; a field without a value is left out. Fields may be
 * added; none is removed or changes its meaning. docs/action-event.schema.json is its JSON Schema.
 */
public final class EventJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private EventJson() {}

  /** One event with its item as one line of UTF-8, without line end. */
  public static byte[] bytes(ActionEvent event, ActionItem item) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      write(json, event, item);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return out.toByteArray();
  }

  /** Writes one event with its item as an object. */
  public static void write(JsonGenerator json, ActionEvent event, ActionItem item)
      throws IOException {
    json.writeStartObject();
    text(json, "id", event.getId());
    text(json, "type", word(event.getType()));
    time(json, "at", event.getAt());
    text(json, "itemId", event.getItemId());
    text(json, "cause", event.getCause());
    text(json, "causeId", event.getCauseId());
    json.writeArrayFieldStart("changes");
    for (Change change : event.getChanges()) {
      json.writeStartObject();
      text(json, "field", change.getField());
      text(json, "before", change.getBefore());
      text(json, "after", change.getAfter());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeFieldName("item");
    writeItem(json, item);
    json.writeEndObject();
  }

  /** Writes an item as an object. */
  public static void writeItem(JsonGenerator json, ActionItem item) throws IOException {
    json.writeStartObject();
    text(json, "id", item.getId());
    text(json, "asset", item.getAsset());
    text(json, "unit", item.getUnit());
    text(json, "kind", word(item.getKind()));
    text(json, "title", item.getTitle());
    text(json, "summary", item.getSummary());
    text(json, "package", item.getPackage$());
    text(json, "packageName", item.getPackageName());
    text(json, "place", item.getPlace());
    text(json, "severity", word(item.getSeverity()));
    json.writeBooleanField("knownExploited", item.getKnownExploited());
    json.writeArrayFieldStart("findings");
    for (ItemFinding finding : item.getFindings()) {
      writeFinding(json, finding);
    }
    json.writeEndArray();
    json.writeNumberField("findingCount", item.getFindingCount());
    json.writeArrayFieldStart("lines");
    for (LineFix line : item.getLines()) {
      writeLine(json, line);
    }
    json.writeEndArray();
    texts(json, "scanners", item.getScanners());
    text(json, "owner", item.getOwner());
    texts(json, "references", item.getReferences());
    text(json, "rule", item.getRule());
    text(json, "reason", item.getReason());
    time(json, "due", item.getDue());
    text(json, "dueReason", item.getDueReason());
    text(json, "status", word(item.getStatus()));
    text(json, "statusReason", item.getStatusReason());
    json.writeNumberField("episode", item.getEpisode());
    time(json, "firstSeen", item.getFirstSeen());
    time(json, "openedAt", item.getOpenedAt());
    time(json, "resolvedAt", item.getResolvedAt());
    json.writeNumberField("revision", item.getRevision());
    text(json, "contentHash", item.getContentHash());
    json.writeBooleanField("embargoed", item.getEmbargoed());
    time(json, "updatedAt", item.getUpdatedAt());
    json.writeEndObject();
  }

  /** An enum value as it is written: lower case, with underscores. */
  public static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void writeFinding(JsonGenerator json, ItemFinding finding) throws IOException {
    json.writeStartObject();
    text(json, "findingId", finding.getFindingId());
    text(json, "vulnerability", finding.getVulnerability());
    text(json, "severity", word(finding.getSeverity()));
    json.writeBooleanField("knownExploited", finding.getKnownExploited());
    text(json, "title", finding.getTitle());
    texts(json, "scanners", finding.getScanners());
    json.writeEndObject();
  }

  private static void writeLine(JsonGenerator json, LineFix line) throws IOException {
    json.writeStartObject();
    text(json, "line", line.getLine());
    text(json, "support", word(line.getSupport()));
    text(json, "headVersion", line.getHeadVersion());
    texts(json, "installedVersions", line.getInstalledVersions());
    text(json, "fixedVersion", line.getFixedVersion());
    text(json, "conflict", line.getConflict());
    json.writeBooleanField("resolved", line.getResolved());
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String name, String value) throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  private static void texts(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private static void time(JsonGenerator json, String name, Instant value) throws IOException {
    if (value != null) {
      json.writeStringField(name, value.toString());
    }
  }
}
