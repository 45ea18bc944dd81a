package dev.sluice.sinks.route;

import dev.cel.common.types.SimpleType;
import dev.sluice.conditions.Fact;
import dev.sluice.conditions.Language;
import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.ItemFinding;
import dev.sluice.events.ItemKind;
import dev.sluice.events.ItemStatus;
import dev.sluice.events.LineFix;
import dev.sluice.events.Severity;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** What a route may speak of. A new fact is one line here and one in docs/sinks.md. */
record RouteFacts(ActionItem item, ActionEvent event) {
  /** The fact that is another with each event. */
  static final String EVENT = "event";

  private static final List<Fact<RouteFacts>> FACTS =
      List.of(
          new Fact<>(
              "severity",
              SimpleType.INT,
              List.of(),
              facts -> (long) facts.item().getSeverity().ordinal()),
          item("exploited", ActionItem::getKnownExploited),
          Fact.word("kind", ItemKind.values(), facts -> facts.item().getKind()),
          Fact.word("status", ItemStatus.values(), facts -> facts.item().getStatus()),
          Fact.word(EVENT, ActionEventType.values(), facts -> facts.event().getType()),
          text("asset", ActionItem::getAsset),
          text("unit", ActionItem::getUnit),
          text("owner", ActionItem::getOwner),
          text("packageName", ActionItem::getPackageName),
          Fact.texts(
              "vulnerabilities",
              facts ->
                  facts.item().getFindings().stream()
                      .map(ItemFinding::getVulnerability)
                      .filter(Objects::nonNull)
                      .toList()),
          Fact.texts(
              "lines", facts -> facts.item().getLines().stream().map(LineFix::getLine).toList()),
          Fact.texts("scanners", facts -> facts.item().getScanners()),
          item(
              "hasFix",
              item -> item.getLines().stream().anyMatch(line -> line.getFixedVersion() != null)),
          text("rule", ActionItem::getRule),
          item("hasDue", item -> item.getDue() != null),
          new Fact<>(
              "dueAt",
              SimpleType.TIMESTAMP,
              List.of(),
              facts -> facts.item().getDue() == null ? Instant.EPOCH : facts.item().getDue()),
          item("embargoed", ActionItem::getEmbargoed));

  static final Language<RouteFacts> LANGUAGE =
      new Language<>(FACTS, severities(), "See the facts and words under Routes in docs/sinks.md.");

  static List<String> names() {
    return FACTS.stream().map(Fact::name).toList();
  }

  private static Fact<RouteFacts> text(String name, Function<ActionItem, String> get) {
    return Fact.text(name, facts -> get.apply(facts.item()));
  }

  private static Fact<RouteFacts> item(String name, Function<ActionItem, Boolean> get) {
    return Fact.flag(name, facts -> get.apply(facts.item()));
  }

  private static Map<String, Long> severities() {
    Map<String, Long> severities = new LinkedHashMap<>();
    for (Severity severity : Severity.values()) {
      severities.put(severity.name(), (long) severity.ordinal());
    }
    return severities;
  }
}
