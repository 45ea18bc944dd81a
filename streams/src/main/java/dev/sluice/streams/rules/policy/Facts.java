package dev.sluice.streams.rules.policy;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.sluice.events.AssetRole;
import dev.sluice.events.Exposure;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.events.Reachability;
import dev.sluice.events.Severity;
import dev.sluice.events.Support;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The facts by their names in a policy. A new fact is one line here and one in docs/policy.md. */
final class Facts {

  /**
   * One fact.
   *
   * @param values allowed words, for a fact that is one of a fixed set; else empty
   * @param value the value as CEL sees it; never null
   * @param text the value for the decision log
   */
  record Fact(
      String name,
      CelType type,
      List<String> values,
      Function<PolicyFacts, Object> value,
      Function<PolicyFacts, String> text) {}

  private static final List<Fact> ALL =
      List.of(
          word("kind", FindingKind.values(), PolicyFacts::kind),
          new Fact(
              "severity",
              SimpleType.INT,
              List.of(),
              f -> (long) f.severity().ordinal(),
              f -> f.severity().name()),
          flag("severityKnown", f -> f.severity() != Severity.UNKNOWN),
          flag("knownExploited", PolicyFacts::knownExploited),
          text("exploitedDue", f -> f.exploitedDue() == null ? "" : f.exploitedDue().toString()),
          new Fact(
              "epss",
              SimpleType.DOUBLE,
              List.of(),
              f -> f.epss() == null ? 0.0 : f.epss(),
              f -> f.epss() == null ? "" : String.valueOf(f.epss())),
          flag("epssKnown", f -> f.epss() != null),
          flag("hasFix", PolicyFacts::hasFix),
          text("fixedVersion", PolicyFacts::fixedVersion),
          word("fixState", FixState.values(), PolicyFacts::fixState),
          word("support", Support.values(), PolicyFacts::support),
          flag("secretLive", PolicyFacts::secretLive),
          word("reachability", Reachability.values(), PolicyFacts::reachability),
          list("scanners", SimpleType.STRING, PolicyFacts::scanners),
          flag("scannerSuppressed", PolicyFacts::scannerSuppressed),
          text("asset", PolicyFacts::asset),
          text("unit", PolicyFacts::unit),
          word("exposure", Exposure.values(), PolicyFacts::exposure),
          word("role", AssetRole.values(), PolicyFacts::role),
          text("owner", PolicyFacts::owner),
          text("packageName", PolicyFacts::packageName),
          text("ecosystem", PolicyFacts::ecosystem),
          text("vulnerability", PolicyFacts::vulnerability),
          list("cwes", SimpleType.INT, f -> f.cwes().stream().map(Integer::longValue).toList()),
          list("lines", SimpleType.STRING, PolicyFacts::lines),
          new Fact(
              "firstSeen",
              SimpleType.TIMESTAMP,
              List.of(),
              f -> f.firstSeen() == null ? Instant.EPOCH : f.firstSeen(),
              f -> f.firstSeen() == null ? "" : f.firstSeen().toString()),
          flag("direct", PolicyFacts::direct));

  private Facts() {}

  static List<Fact> all() {
    return ALL;
  }

  static Map<String, String> asText(PolicyFacts facts) {
    Map<String, String> text = new LinkedHashMap<>();
    ALL.forEach(f -> text.put(f.name(), f.text().apply(facts)));
    return text;
  }

  /** A fact in a sentence: words in lower case, and "not known" where there is nothing. */
  static String forPeople(Fact fact, PolicyFacts facts) {
    String text = fact.text().apply(facts);
    if (text.isEmpty()) {
      return "not known";
    }
    boolean word = !fact.values().isEmpty() || fact.name().equals("severity");
    return word ? text.toLowerCase(Locale.ROOT).replace('_', ' ') : text;
  }

  private static Fact word(String name, Enum<?>[] values, Function<PolicyFacts, Enum<?>> get) {
    return new Fact(
        name,
        SimpleType.STRING,
        Arrays.stream(values).map(Enum::name).toList(),
        f -> get.apply(f).name(),
        f -> get.apply(f).name());
  }

  private static Fact flag(String name, Function<PolicyFacts, Boolean> get) {
    return new Fact(
        name, SimpleType.BOOL, List.of(), get::apply, f -> String.valueOf(get.apply(f)));
  }

  private static Fact text(String name, Function<PolicyFacts, String> get) {
    return new Fact(name, SimpleType.STRING, List.of(), get::apply, get);
  }

  private static Fact list(String name, CelType of, Function<PolicyFacts, Collection<?>> get) {
    return new Fact(
        name,
        ListType.create(of),
        List.of(),
        f -> List.copyOf(get.apply(f)),
        f ->
            String.join(
                ", ", new ArrayList<>(get.apply(f)).stream().map(String::valueOf).toList()));
  }
}
