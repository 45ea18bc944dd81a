package dev.sluice.producers.format.sarif;

import dev.sluice.events.Scope;
import dev.sluice.producers.format.ImageName;
import dev.sluice.producers.format.Purls;
import dev.sluice.producers.format.Scanners;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.ScanFacts;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What one run says of itself; filled by {@link SarifRunFacts} before any result is read. */
final class SarifRun {
  /** Component number of {@code tool.driver}; extensions count from 0. */
  static final int DRIVER = -1;

  private static final int MAX_ARTIFACTS = 100_000;
  private static final int MAX_ARTIFACT_CHARACTERS = 8 << 20;
  private static final int MAX_LOGICAL = 10_000;
  private static final int MAX_PURLS = 2_000;

  /** A base of relative URIs, itself perhaps relative to another. */
  record UriBase(String uri, String parent) {}

  /** Where a file is, relative to a base. */
  record ArtifactPlace(String uri, String base) {}

  String toolName;
  String toolVersion;
  String automationId;
  String repositoryUri;
  String revision;
  String branch;
  String imageName;
  String imageId;
  String language;
  Instant time;
  Instant databaseBuilt;
  boolean failed;
  final Map<String, UriBase> uriBases = new HashMap<>();
  final Map<String, Integer> componentNames = new HashMap<>();
  final Map<String, String> globalMessages = new HashMap<>();
  private final List<String> tags = new ArrayList<>();
  private final List<String> digests = new ArrayList<>();
  private final List<ArtifactPlace> artifacts = new ArrayList<>();
  private final List<String> logicalLocations = new ArrayList<>();
  private final Map<String, String> purls =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MAX_PURLS;
        }
      };
  private final DebianRelease debian = new DebianRelease();
  private final RuleStore rules;
  private final int runKey;
  private long artifactCharacters;

  SarifRun(RuleStore rules) {
    this.rules = rules;
    this.runKey = rules.newRun();
  }

  void addRule(int component, int index, SarifRule rule) throws IOException {
    rules.add(runKey, component, index, rule);
    if (SarifPackage.OS_PACKAGE.equals(rule.name())) {
      debian.look(rule.help());
    }
  }

  /** Release of Debian that the rules tell; null if they do not. */
  String debianRelease() {
    return debian.release();
  }

  /**
   * A distribution's package. Results come by package, and building a purl costs as much as reading
   * a result: the last ones are kept.
   */
  String distributionPurl(String type, String distro, String release, String name, String version) {
    String key = String.join("\n", String.valueOf(type), distro, release, name, version);
    return purls.computeIfAbsent(
        key, k -> Purls.distribution(type, distro, release, name, version, null));
  }

  void addArtifact(String uri, String base) {
    artifactCharacters += uri == null ? 0 : uri.length();
    if (artifacts.size() < MAX_ARTIFACTS && artifactCharacters < MAX_ARTIFACT_CHARACTERS) {
      artifacts.add(new ArtifactPlace(uri, base));
    }
  }

  void addLogicalLocation(String name) {
    if (logicalLocations.size() < MAX_LOGICAL) {
      logicalLocations.add(name);
    }
  }

  void addTag(String tag) {
    add(tags, tag);
  }

  void addDigest(String digest) {
    add(digests, digest);
  }

  private static void add(List<String> list, String text) {
    if (text != null && !text.isBlank() && list.size() < 100) {
      list.add(text);
    }
  }

  /** The tool's name in lower case. */
  String tool() {
    return toolName == null || toolName.isBlank()
        ? "unknown"
        : toolName.strip().toLowerCase(Locale.ROOT);
  }

  ArtifactPlace artifact(Integer index) {
    return index == null || index < 0 || index >= artifacts.size() ? null : artifacts.get(index);
  }

  String logicalLocation(Integer index) {
    return index == null || index < 0 || index >= logicalLocations.size()
        ? null
        : logicalLocations.get(index);
  }

  /** The rule of a result: by its place in a component, else by its id (SARIF 3.27.5 to 3.27.7). */
  SarifRule ruleOf(SarifResult result) throws IOException {
    int component = DRIVER;
    if (result.componentIndex != null) {
      component = result.componentIndex;
    } else if (result.componentName != null) {
      component = componentNames.getOrDefault(result.componentName, DRIVER);
    }
    String id = result.ruleId();
    Integer index =
        result.ruleReferenceIndex != null ? result.ruleReferenceIndex : result.ruleIndex;
    SarifRule placed = index == null ? null : rules.at(runKey, component, index);
    if (placed != null && (id == null || placed.id() == null || covers(placed.id(), id))) {
      return placed;
    }
    SarifRule named = id == null ? null : byId(id);
    return named == null ? placed : named;
  }

  /** A result's id may add parts to its rule's: {@code CA1000/1} is of rule {@code CA1000}. */
  private static boolean covers(String ruleId, String resultId) {
    return resultId.equals(ruleId) || resultId.startsWith(ruleId + "/");
  }

  private SarifRule byId(String id) throws IOException {
    for (String candidate = id; ; ) {
      SarifRule rule = rules.byId(runKey, candidate);
      int slash = candidate.lastIndexOf('/');
      if (rule != null || slash <= 0) {
        return rule;
      }
      candidate = candidate.substring(0, slash);
    }
  }

  ScanFacts facts(Redactor redactor) {
    Scope scope = Scanners.everything();
    scope.setRuleset(category());
    if (language != null && !language.isBlank()) {
      scope.getLanguages().add(language);
    }
    ImageName image = image();
    return new ScanFacts(
        Scanners.of(tool(), toolVersion, null, databaseBuilt),
        scope,
        image != null ? image.repository() : blankToNull(redactor.withoutLogin(repositoryUri)),
        image == null ? null : image.tag(),
        image == null ? null : digestOf(image),
        blankToNull(revision),
        blankToNull(branch),
        time,
        failed);
  }

  /** automationDetails.id is {@code category/run}; without a slash it is all category. */
  private String category() {
    if (automationId == null || automationId.isBlank()) {
      return null;
    }
    int slash = automationId.lastIndexOf('/');
    return slash < 0 ? automationId : blankToNull(automationId.substring(0, slash));
  }

  private ImageName image() {
    if (imageName == null || imageName.isBlank()) {
      return null;
    }
    if (!ImageName.isArchive(imageName)) {
      ImageName asked = ImageName.parse(imageName);
      if (asked.tag() == null && asked.digest() == null) {
        for (String tag : tags) {
          if (ImageName.parse(tag).repository().equals(asked.repository())) {
            return ImageName.parse(tag);
          }
        }
      }
      return asked;
    }
    return tags.isEmpty() ? null : ImageName.parse(tags.get(0));
  }

  private String digestOf(ImageName image) {
    if (image.digest() != null) {
      return image.digest();
    }
    for (String each : digests) {
      ImageName known = ImageName.parse(each);
      if (known.repository().equals(image.repository()) || digests.size() == 1) {
        return known.digest();
      }
    }
    return blankToNull(imageId);
  }

  private static String blankToNull(String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
