package dev.sluice.producers.format.sarif;

import dev.sluice.events.BaselineState;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.events.Location;
import dev.sluice.events.Rating;
import dev.sluice.events.Reachability;
import dev.sluice.events.Resource;
import dev.sluice.events.ScannerState;
import dev.sluice.events.Secret;
import dev.sluice.events.SecretValidity;
import dev.sluice.events.Severity;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.Ratings;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.SeverityWords;
import dev.sluice.producers.format.TextLimits;
import dev.sluice.producers.format.json.Numbers;
import dev.sluice.producers.redact.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Joins a result with its rule and run into an observation. */
final class SarifObservation {
  private static final int MAX_BASES = 10;

  private final SarifRun run;
  private final SarifResult result;
  private final SarifRule rule;
  private final RepositoryPaths paths;
  private final Redactor redactor;
  private final ObservationDraft draft;
  private final SarifResult.Place first;
  private final String path;
  private final String message;

  SarifObservation(
      SarifRun run, SarifResult result, SarifRule rule, RepositoryPaths paths, Redactor redactor) {
    this.run = run;
    this.result = result;
    this.rule = rule;
    this.paths = paths;
    this.redactor = redactor;
    this.draft = new ObservationDraft(redactor).knownSecret(result.secret);
    this.first = result.places.isEmpty() ? new SarifResult.Place() : result.places.get(0);
    this.path = path(first);
    this.message = redactor.redactStrictly(SarifMessages.of(run, result, rule));
  }

  ObservationDraft draft() {
    SarifPackage found = SarifPackage.of(run, result, rule, path);
    FindingKind kind = SarifKinds.of(run, rule, found != null);
    draft.kind(kind);
    draft.nativeId(found != null ? found.nativeId() : nativeId());
    texts();
    ratings(found);
    states();
    result.fingerprints.forEach(draft::fingerprint);
    weaknesses();
    draft.property("confidence", result.confidence);
    draft.property("commit", result.commit);
    draft.property("moreLocations", moreLocations());
    switch (kind) {
      case VULNERABLE_PACKAGE -> vulnerablePackage(found);
      case SECRET -> secret();
      case MISCONFIGURATION -> {
        String symbol = symbol(first);
        draft.resource(new Resource(symbol == null ? path : symbol, run.tool(), null));
        draft.location(location(first.snippet));
      }
      case LICENCE -> {
        draft.licence(draft.nativeId());
        draft.location(location(null));
      }
      default -> {
        draft.location(location(first.snippet));
        govulncheck();
      }
    }
    return draft;
  }

  /** Results without a rule exist; their message is all that tells them apart. */
  private String nativeId() {
    if (result.ruleId() != null) {
      return result.ruleId();
    }
    if (rule != null && rule.id() != null && !rule.id().isBlank()) {
      return rule.id();
    }
    if (result.messageId != null && !result.messageId.isBlank()) {
      return result.messageId;
    }
    String text = TextLimits.oneLine(redactor.redact(message, result.secret));
    return text.isEmpty() ? "unnamed" : TextLimits.cutIdentity(text, 160);
  }

  private void texts() {
    String shortText = rule == null ? null : rule.shortText();
    String fullText = rule == null ? null : rule.fullText();
    draft.title(shortText != null && !shortText.isBlank() ? shortText : message);
    boolean more = fullText != null && !fullText.isBlank() && !fullText.equals(message);
    draft.description(message.isBlank() ? fullText : more ? message + "\n\n" + fullText : message);
    if (rule != null) {
      draft.reference(rule.helpUri());
      rule.deprecatedIds().forEach(draft::deprecatedId);
      draft.property("rule", rule.name());
    }
  }

  private void ratings(SarifPackage found) {
    String score =
        result.securitySeverity != null
            ? result.securitySeverity
            : rule == null ? null : rule.securitySeverity();
    if (score != null && !score.isBlank()) {
      Double number = Numbers.parse(score);
      draft.rating(
          number == null
              ? Ratings.word(run.tool(), score)
              : new Rating(
                  run.tool(),
                  SeverityWords.ofScore(number),
                  null,
                  null,
                  number,
                  "security-severity"));
    }
    String level = level();
    draft.rating(new Rating("sarif-level", levelSeverity(level), level, null, null, "level"));
    if (found != null && found.severity() != null && !found.severity().isBlank()) {
      draft.rating(Ratings.word(run.tool(), found.severity()));
    }
    if (result.severity != null && !result.severity.isBlank()) {
      draft.rating(Ratings.word(run.tool(), result.severity));
    }
  }

  /**
   * SARIF 3.27.10: the result's, else none for what is no failure, else the rule's, else warning.
   */
  private String level() {
    if (result.level != null && !result.level.isBlank()) {
      return TextLimits.cut(result.level, 60);
    }
    if (result.kind != null && !result.kind.isBlank() && !result.kind.equals("fail")) {
      return "none";
    }
    boolean byRule = rule != null && rule.level() != null && !rule.level().isBlank();
    return byRule ? TextLimits.cut(rule.level(), 60) : "warning";
  }

  private static Severity levelSeverity(String level) {
    return switch (level) {
      case "error" -> Severity.HIGH;
      case "warning" -> Severity.MEDIUM;
      case "note" -> Severity.LOW;
      case "none" -> Severity.NONE;
      default -> SeverityWords.of(level);
    };
  }

  private void states() {
    String baseline = result.baselineState == null ? "" : result.baselineState;
    BaselineState state =
        switch (baseline) {
          case "new" -> BaselineState.NEW;
          case "unchanged", "existing" -> BaselineState.UNCHANGED;
          case "updated" -> BaselineState.UPDATED;
          case "absent" -> BaselineState.ABSENT;
          default -> BaselineState.UNKNOWN;
        };
    draft.baselineState(state);
    if (state == BaselineState.UNKNOWN) {
      draft.property("baselineState", baseline);
    }
    if (result.suppressed) {
      draft.state(ScannerState.SUPPRESSED, result.suppressionReason);
    } else if (state == BaselineState.ABSENT) {
      // It was there in the tool's baseline and this run does not see it any more.
      draft.state(ScannerState.FIXED, "absent");
    }
    if (result.kind != null && !result.kind.equals("fail")) {
      draft.property("kind", result.kind);
    }
  }

  private void weaknesses() {
    result.cwes.forEach(draft::cwe);
    result.tags.forEach(this::weaknessTag);
    if (rule != null) {
      rule.cwes().forEach(draft::cwe);
      rule.tags().forEach(this::weaknessTag);
    }
  }

  private void weaknessTag(String tag) {
    if (tag.regionMatches(true, 0, "CWE", 0, 3) || tag.startsWith("external/cwe/")) {
      draft.cwe(tag);
    }
  }

  private void vulnerablePackage(SarifPackage found) {
    found.aliases().forEach(draft::alias);
    found.related().forEach(draft::related);
    if (found.fixedVersion() != null) {
      for (String version : found.fixedVersion().split(",")) {
        draft.fixedVersion(version);
      }
    }
    draft.fixState(draft.hasFix() ? FixState.FIXED : FixState.UNKNOWN);
    List<String> places = new ArrayList<>();
    if (run.tool().equals("grype") || found.distro() == null) {
      for (SarifResult.Place each : result.places) {
        String place = path(each);
        if (!place.isEmpty()) {
          places.add(place.startsWith("image/") ? place.substring(6) : place);
        }
      }
    }
    draft.component(found.component(places));
    draft.place(path.isEmpty() ? null : path);
    String id = result.ruleId();
    draft.property("ruleId", id == null || id.equals(found.nativeId()) ? null : id);
  }

  private void secret() {
    // Secret scanners put the value itself into the snippet; some into a property too.
    String value = SarifSecrets.value(result, first);
    String context = first.snippet;
    if (value != null && context != null) {
      context = context.replace(value, "***");
    }
    boolean bare = context == null || context.strip().equals("***");
    String hash = bare ? null : redactor.snippetHash(context);
    draft.knownSecret(value);
    if (value == null) {
      // Whatever the message quotes could be the secret itself.
      draft.title(rule == null || rule.shortText() == null ? draft.nativeId() : rule.shortText());
      draft.description(rule == null ? null : rule.fullText());
    }
    draft.location(location(null));
    if (hash != null && !path.isEmpty()) {
      draft.location(location(context));
    }
    draft.secret(
        new Secret(
            TextLimits.cutIdentity(draft.nativeId(), TextLimits.ID),
            value == null ? null : redactor.hmac(value),
            value == null && hash == null ? null : redactor.keyId(),
            redactor.preview(value),
            SecretValidity.UNKNOWN,
            hash));
  }

  /** govulncheck's SARIF has neither module nor version, but says how near the code is. */
  private void govulncheck() {
    if (!run.tool().equals("govulncheck") || rule == null) {
      return;
    }
    Set<String> cves = new java.util.LinkedHashSet<>();
    for (String tag : rule.tags()) {
      cves.addAll(VulnerabilityIds.cves(tag));
      VulnerabilityIds.advisories(tag).forEach(draft::alias);
    }
    cves.forEach(cves.size() == 1 ? draft::alias : draft::related);
    draft.reachability(
        switch (level()) {
          case "error" -> Reachability.CALLED;
          case "warning" -> Reachability.IMPORTED;
          case "note" -> Reachability.REQUIRED;
          default -> Reachability.UNKNOWN;
        });
  }

  private Location location(String snippet) {
    String symbol = symbol(first);
    if (path.isEmpty() && symbol == null) {
      return null;
    }
    String hash = redactor.snippetHash(snippet);
    return new Location(
        path,
        first.startLine,
        first.endLine == null ? first.startLine : first.endLine,
        first.startColumn,
        first.endColumn,
        symbol,
        hash,
        hash == null ? null : redactor.keyId());
  }

  private String symbol(SarifResult.Place place) {
    return place.symbol != null ? place.symbol : run.logicalLocation(place.symbolIndex);
  }

  private String moreLocations() {
    if (result.locationCount < 2) {
      return null;
    }
    StringBuilder more = new StringBuilder();
    for (SarifResult.Place each : result.places.subList(1, result.places.size())) {
      String file = path(each);
      if (!file.isEmpty() && more.length() < TextLimits.PROPERTY) {
        more.append(more.length() == 0 ? "" : ", ").append(file);
        more.append(each.startLine == null ? "" : ":" + each.startLine);
      }
    }
    return more.toString();
  }

  /** Repository path of a place: its URI below the relative part of its base. */
  private String path(SarifResult.Place place) {
    String uri = place.uri;
    String base = place.uriBase;
    if (uri == null || uri.isBlank()) {
      SarifRun.ArtifactPlace artifact = run.artifact(place.artifactIndex);
      if (artifact == null || artifact.uri() == null) {
        return "";
      }
      uri = artifact.uri();
      base = artifact.base();
    }
    StringBuilder full = new StringBuilder(uri);
    for (int i = 0; base != null && i < MAX_BASES; i++) {
      SarifRun.UriBase known = run.uriBases.get(base);
      if (known == null || known.uri() == null || isAbsolute(known.uri())) {
        // Where the root is on the scanner's disk says nothing.
        break;
      }
      String prefix = known.uri().strip();
      full.insert(0, prefix.endsWith("/") || prefix.isEmpty() ? prefix : prefix + "/");
      base = known.parent();
    }
    return paths.ofUri(full.toString());
  }

  private static boolean isAbsolute(String uri) {
    return uri.startsWith("/") || uri.contains("://") || uri.startsWith("file:");
  }
}
