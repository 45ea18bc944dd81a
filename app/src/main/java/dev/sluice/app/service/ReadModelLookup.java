package dev.sluice.app.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FindingStatus;
import dev.sluice.events.ItemKind;
import dev.sluice.events.ItemStatus;
import dev.sluice.events.Severity;
import dev.sluice.producers.gateway.Lookup;
import dev.sluice.sinks.database.DatabaseException;
import dev.sluice.sinks.database.Listing;
import dev.sluice.sinks.database.Page;
import dev.sluice.sinks.database.ReadModel;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Answers the gateway's questions from the read model: parameters in, JSON out. */
final class ReadModelLookup implements Lookup {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROWS = 100;
  private static final Set<String> LIST =
      Set.of(
          "asset",
          "scanner",
          "status",
          "severity",
          "kind",
          "cve",
          "owner",
          "line",
          "overdue",
          "limit",
          "after");

  private final Supplier<ReadModel> model;

  /**
   * @param model throws {@link AwayException} while there is none
   */
  ReadModelLookup(Supplier<ReadModel> model) {
    this.model = model;
  }

  @Override
  public Optional<byte[]> answer(Question question) {
    try {
      return switch (question.subject()) {
        case FINDINGS -> {
          Listing listing = listing(question, FindingStatus.values(), FindingKind.values());
          yield Optional.of(page("findings", model.get().findings(listing)));
        }
        case ITEMS -> {
          Listing listing = listing(question, ItemStatus.values(), ItemKind.values());
          yield Optional.of(page("items", model.get().items(listing)));
        }
        case EXPLANATION -> explanation(question);
        case SCAN -> scan(question);
        case SCANS ->
            documents(
                model
                    .get()
                    .scans(
                        question.parameters().get("asset"), question.parameters().get("version")));
        case STANDING ->
            documents(
                model
                    .get()
                    .standing(
                        question.parameters().get("asset"), question.parameters().get("ids")));
      };
    } catch (DatabaseException e) {
      throw new AwayException(e.getMessage());
    }
  }

  private Optional<byte[]> explanation(Question question) {
    only(question.parameters(), Set.of("at"));
    String at = question.parameters().get("at");
    Instant time = at == null ? null : time(at);
    return model.get().explain(question.id(), question.assets(), time).map(ReadModelLookup::bytes);
  }

  private Optional<byte[]> scan(Question question) {
    only(question.parameters(), Set.of());
    return model.get().scan(question.id(), question.assets()).map(ReadModelLookup::bytes);
  }

  private static Optional<byte[]> documents(List<JsonNode> found) {
    ObjectNode answer = JSON.createObjectNode();
    answer.putArray("documents").addAll(found);
    return Optional.of(bytes(answer));
  }

  private static byte[] page(String name, Page page) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode rows = answer.putArray(name);
    page.rows().forEach(rows::add);
    answer.put("next", page.next());
    answer.put("total", page.total());
    return bytes(answer);
  }

  private static Listing listing(Question question, Enum<?>[] statuses, Enum<?>[] kinds) {
    Map<String, String> given = question.parameters();
    only(given, LIST);
    List<String> kind = words(given, "kind", kinds);
    if (kind.size() > 1) {
      throw new IllegalArgumentException("kind must be one word");
    }
    return new Listing(
        question.assets(),
        text(given, "asset"),
        text(given, "scanner"),
        words(given, "status", statuses),
        words(given, "severity", Severity.values()),
        kind.isEmpty() ? null : kind.get(0),
        text(given, "cve"),
        text(given, "owner"),
        text(given, "line"),
        flag(given, "overdue"),
        limit(given.get("limit")),
        text(given, "after"));
  }

  private static void only(Map<String, String> given, Set<String> known) {
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "there is no parameter of this name; there are "
                + String.join(", ", new TreeSet<>(known)));
      }
    }
  }

  private static String text(Map<String, String> given, String name) {
    String text = given.getOrDefault(name, "").strip();
    return text.isEmpty() ? null : text;
  }

  private static List<String> words(Map<String, String> given, String name, Enum<?>[] known) {
    String text = text(given, name);
    if (text == null) {
      return List.of();
    }
    List<String> all =
        Arrays.stream(known).map(each -> each.name().toLowerCase(Locale.ROOT)).toList();
    List<String> words =
        Arrays.stream(text.split(","))
            .map(word -> word.strip().toLowerCase(Locale.ROOT).replace('-', '_'))
            .filter(word -> !word.isEmpty())
            .toList();
    if (!all.containsAll(words)) {
      throw new IllegalArgumentException(name + " must be of " + String.join(", ", all));
    }
    return words;
  }

  private static boolean flag(Map<String, String> given, String name) {
    String text = given.get(name);
    if (text == null || text.equals("false")) {
      return false;
    }
    if (text.isEmpty() || text.equals("true")) {
      return true;
    }
    throw new IllegalArgumentException(name + " must be true or false");
  }

  private static int limit(String text) {
    if (text == null) {
      return ROWS;
    }
    if (!text.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException("limit must be 1 to " + Listing.MOST);
    }
    return Integer.parseInt(text);
  }

  /** A date means its whole day, in UTC. */
  static Instant time(String text) {
    try {
      return text.length() == 10
          ? LocalDate.parse(text)
              .plusDays(1)
              .atStartOfDay(ZoneOffset.UTC)
              .toInstant()
              .minusMillis(1)
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "at must be a date such as 2026-03-31, or a time such as 2026-03-31T12:00:00Z");
    }
  }

  private static byte[] bytes(JsonNode answer) {
    try {
      return JSON.writeValueAsBytes(answer);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
