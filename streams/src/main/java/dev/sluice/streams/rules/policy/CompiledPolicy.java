package dev.sluice.streams.rules.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.sluice.events.FindingKind;
import dev.sluice.events.GateMode;
import dev.sluice.streams.rules.document.DocumentException;
import dev.sluice.streams.rules.document.YamlNode;
import dev.sluice.streams.rules.scan.SuspicionThresholds;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** A policy that compiles and whose own tests pass. Safe for use by several threads. */
public final class CompiledPolicy {

  private static final String DEFAULT = "default-policy.yaml";
  private static final List<String> KEYS =
      List.of(
          "name",
          "description",
          "gate",
          "adoption",
          "suspicious-scan",
          "deadlines",
          "rules",
          "tests");

  /** Decisions kept by the facts that the rules read; a handful for the default policy. */
  private static final int MOST_DECISIONS = 20_000;

  private final String name;
  private final String version;
  private final GateMode gateMode;
  private final int adoptionThreshold;
  private final SuspicionThresholds suspicion;
  private final Deadlines deadlines;
  private final List<PolicyRule> rules;
  private final List<PolicyTestCase> tests;
  private final List<Facts.Fact> read;
  private final Map<List<Object>, Integer> decided = new ConcurrentHashMap<>();

  private CompiledPolicy(String document) {
    YamlNode root = YamlNode.read("the policy", document);
    Map<String, YamlNode> fields = root.fields(KEYS);
    this.name = fields.containsKey("name") ? fields.get("name").text() : "default";
    this.version = sha256(document);
    this.gateMode = gateMode(fields.get("gate"));
    this.adoptionThreshold = adoption(fields.get("adoption"));
    this.suspicion = suspicion(fields.get("suspicious-scan"));
    this.deadlines = Deadlines.read(fields.get("deadlines"));
    this.rules = rules(root, fields.get("rules"), new Condition.Compiler(document));
    this.tests = new ArrayList<>();
    if (fields.containsKey("tests")) {
      fields.get("tests").items().forEach(n -> tests.add(PolicyTestCase.read(n)));
    }
    this.read =
        Facts.all().stream()
            .filter(f -> rules.stream().anyMatch(r -> r.when().facts().contains(f)))
            .toList();
  }

  /**
   * Compiles a policy and runs its tests.
   *
   * @throws DocumentException if it is no YAML, has unknown keys, a condition that does not
   *     compile, or a test that fails; with line, column and remedy
   */
  public static CompiledPolicy compile(String yaml) {
    CompiledPolicy policy = new CompiledPolicy(yaml);
    for (PolicyTestCase test : policy.tests) {
      String complaint = test.complaint(policy.decide(test.given()));
      if (!complaint.isEmpty()) {
        throw test.place().wrong(complaint, "Correct the test or the rules.");
      }
    }
    return policy;
  }

  /**
   * Compiles a policy and says what its tests say.
   *
   * @return one line for each test: its name, and what is wrong if it fails
   * @throws DocumentException as {@link #compile} does, tests apart
   */
  public static List<PolicyTestResult> test(String yaml) {
    CompiledPolicy policy = new CompiledPolicy(yaml);
    return policy.tests.stream()
        .map(t -> new PolicyTestResult(t.name(), t.complaint(policy.decide(t.given()))))
        .toList();
  }

  /** The policy that holds where nobody has loaded another. */
  public static CompiledPolicy standard() {
    return compile(standardDocument());
  }

  /** The text of {@link #standard}, to begin a policy of one's own with. */
  public static String standardDocument() {
    try (InputStream in = CompiledPolicy.class.getResourceAsStream(DEFAULT)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the policy in the jar", e);
    }
  }

  /** Decides by the first rule that holds. A rule that fails while deciding keeps the finding. */
  public PolicyOutcome decide(PolicyFacts facts) {
    List<Object> key = read.stream().map(f -> f.value().apply(facts)).toList();
    Integer rule = decided.get(key);
    if (rule == null) {
      try {
        rule = firstRule(facts);
      } catch (CelEvaluationException e) {
        // Unknown fails safe: what cannot be decided is shown to somebody.
        return new PolicyOutcome(
            true,
            "policy-error",
            "policy-error",
            "The policy failed on this finding (" + e.getErrorCode() + "), so it is kept.");
      }
      if (decided.size() >= MOST_DECISIONS) {
        decided.clear();
      }
      decided.put(key, rule);
    }
    return rules.get(rule).outcome(facts);
  }

  private int firstRule(PolicyFacts facts) throws CelEvaluationException {
    Map<String, Object> values = Condition.values(facts);
    for (int i = 0; i < rules.size() - 1; i++) {
      if (rules.get(i).when().holds(values)) {
        return i;
      }
    }
    return rules.size() - 1;
  }

  /**
   * By when a finding is to be dealt with.
   *
   * @param firstSeen when it was first seen; days are counted from here
   * @param decidedAt when it became something to act on in this episode. Hand in the same instant
   *     each time, or the date moves
   * @return a deadline whose date is null where the policy sets none
   */
  public Deadline due(PolicyFacts facts, Instant firstSeen, Instant decidedAt) {
    return deadlines.due(facts, firstSeen, decidedAt);
  }

  /** How long before its date an item is due soon. */
  public Duration dueSoonLead() {
    return deadlines.dueSoon();
  }

  /** Mode of the gate where the asset does not state one. */
  public GateMode gateMode() {
    return gateMode;
  }

  /**
   * Whether a finding fails the gate.
   *
   * @param isNew nobody had claimed it before
   * @param mode mode of the asset; UNKNOWN takes the policy's own
   */
  public boolean failsGate(PolicyFacts facts, boolean isNew, GateMode mode) {
    boolean alwaysFails =
        facts.knownExploited() || (facts.kind() == FindingKind.SECRET && facts.secretLive());
    return switch (mode == GateMode.UNKNOWN ? gateMode : mode) {
      case OBSERVE -> false;
      case ENFORCE -> decide(facts).actionable();
      // Most findings are neither new nor urgent: what the rules say of those changes nothing.
      default -> (isNew || alwaysFails) && decide(facts).actionable();
    };
  }

  /** More items than this from an asset's first complete scan are its baseline. */
  public int adoptionThreshold() {
    return adoptionThreshold;
  }

  /** From when on a scan is suspicious. */
  public SuspicionThresholds suspicion() {
    return suspicion;
  }

  /** Name of the policy. */
  public String name() {
    return name;
  }

  /** SHA-256 over the document, hex. */
  public String version() {
    return version;
  }

  /** Names of the facts that the rules read: a change of any other fact changes no decision. */
  public Set<String> factsRead() {
    Set<String> names = new TreeSet<>();
    read.forEach(f -> names.add(f.name()));
    return names;
  }

  private static List<PolicyRule> rules(YamlNode root, YamlNode node, Condition.Compiler compiler) {
    if (node == null) {
      throw root.wrong("The policy has no rules.", "Add a list under \"rules\".");
    }
    List<PolicyRule> rules = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    for (YamlNode item : node.items()) {
      PolicyRule rule = PolicyRule.read(item, compiler);
      if (!names.add(rule.name())) {
        throw item.wrong("Two rules are called \"" + rule.name() + "\".", "Rename one.");
      }
      rules.add(rule);
    }
    boolean closed =
        !rules.isEmpty()
            && node.items()
                .get(rules.size() - 1)
                .fields(List.of("name", "when", "then", "reason", "explain"))
                .get("when")
                .text()
                .strip()
                .equals("true");
    if (!closed) {
      throw node.wrong(
          "Not every finding would get a decision.", "End with a rule whose \"when\" is true.");
    }
    return List.copyOf(rules);
  }

  private static GateMode gateMode(YamlNode node) {
    Map<String, YamlNode> fields = node == null ? Map.of() : node.fields(List.of("mode"));
    if (!fields.containsKey("mode")) {
      return GateMode.RATCHET;
    }
    GateMode mode = fields.get("mode").word(GateMode.class);
    if (mode == GateMode.UNKNOWN) {
      throw fields.get("mode").wrong("A gate needs a mode.", "Use observe, ratchet or enforce.");
    }
    return mode;
  }

  private static int adoption(YamlNode node) {
    Map<String, YamlNode> fields = node == null ? Map.of() : node.fields(List.of("baseline-above"));
    return fields.containsKey("baseline-above")
        ? fields.get("baseline-above").number(0, 1_000_000)
        : 20;
  }

  private static SuspicionThresholds suspicion(YamlNode node) {
    SuspicionThresholds d = SuspicionThresholds.DEFAULTS;
    List<String> keys = List.of("gone-percent", "gone-at-least", "database-older-than-days");
    Map<String, YamlNode> fields = node == null ? Map.of() : node.fields(keys);
    YamlNode percent = fields.get(keys.get(0));
    YamlNode least = fields.get(keys.get(1));
    YamlNode days = fields.get(keys.get(2));
    return new SuspicionThresholds(
        percent == null ? d.gonePercent() : percent.number(0, 100),
        least == null ? d.goneAtLeast() : least.number(1, 1_000_000),
        days == null ? d.databaseOlderThan() : Duration.ofDays(days.number(1, 3650)));
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
