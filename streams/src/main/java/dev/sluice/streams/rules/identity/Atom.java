package dev.sluice.streams.rules.identity;

import dev.sluice.events.Component;
import dev.sluice.events.FindingKind;
import dev.sluice.events.Location;
import dev.sluice.events.Observation;
import dev.sluice.events.Resource;
import dev.sluice.events.Secret;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The smallest thing that can be the same: what a claim is about, and under which native id. Atoms
 * never change; findings are made of them.
 *
 * @param kind sort of problem
 * @param unit unit of the asset, or null
 * @param subject what the id is about: a package without version; rule, path and code; a secret; a
 *     resource
 * @param nativeId the tool's own id, in one spelling
 */
public record Atom(FindingKind kind, String unit, String subject, String nativeId) {
  /** Raise it whenever the same observation would get another atom: ids change with it. */
  public static final int VERSION = 2;

  private static final String[] LINE_FINGERPRINTS = {
    "primaryLocationLineHash", "primaryLocationLineHash/v1", "matchBasedId/v1", "fingerprint"
  };

  /**
   * @param unit unit of the asset, or null
   * @param ordinal which one of several equal pieces of code in one scan, from 0
   */
  public static Atom of(Observation observation, String unit, int ordinal) {
    FindingKind kind = observation.getKind();
    return switch (kind) {
      case VULNERABLE_PACKAGE ->
          new Atom(
              kind,
              unit,
              packageOf(observation),
              VulnerabilityIds.normalise(observation.getNativeId()));
      case LICENCE, END_OF_LIFE ->
          new Atom(
              kind,
              unit,
              packageOf(observation),
              observation.getLicence() == null
                  ? observation.getNativeId()
                  : observation.getLicence());
      case SECRET -> new Atom(kind, unit, secretOf(observation), observation.getNativeId());
      case MISCONFIGURATION ->
          new Atom(kind, unit, resourceOf(observation), RuleNames.lasting(observation));
      case DEPLOYMENT -> new Atom(kind, unit, deploymentOf(observation), observation.getNativeId());
      case REPORTED_VULNERABILITY ->
          new Atom(
              kind,
              unit,
              observation.getReport() == null
                  ? observation.getNativeId()
                  : observation.getReport().getReportId(),
              observation.getNativeId());
      case CODE_WEAKNESS, UNKNOWN ->
          new Atom(kind, unit, codeOf(observation), RuleNames.lasting(observation) + "#" + ordinal);
    };
  }

  /** Whether several equal claims in one report are several problems: true of code only. */
  public static boolean isCounted(FindingKind kind) {
    return kind == FindingKind.CODE_WEAKNESS || kind == FindingKind.UNKNOWN;
  }

  /**
   * Key within an asset, 16 bytes: 8 of what it is about, 8 that tell it from others about the
   * same, so that everything about one package lies together. Packages of one name lie together
   * whatever their ecosystem, because some reports do not say which it is.
   */
  public byte[] key() {
    boolean named = kind == FindingKind.VULNERABLE_PACKAGE;
    return ByteBuffer.allocate(16)
        .putLong(Hashes.of8(kind.name(), unit, named ? Purls.bareName(subject) : subject))
        .putLong(Hashes.of8(subject, nativeId))
        .array();
  }

  /**
   * What stays the same of code when its file is renamed: rule and hash of the code. Empty for what
   * is no code, and for code that nothing but its path tells from other code.
   *
   * @param unit unit of the asset, or null
   * @param subject of an atom of code
   * @param nativeId of that atom
   */
  public static OptionalLong wherever(String unit, String subject, String nativeId) {
    int hash = subject.lastIndexOf('|');
    int ordinal = nativeId.lastIndexOf('#');
    return hash < 0 || ordinal < 0 || hash == subject.length() - 1
        ? OptionalLong.empty()
        : OptionalLong.of(
            Hashes.of8(unit, nativeId.substring(0, ordinal), subject.substring(hash + 1)));
  }

  private static String packageOf(Observation observation) {
    Component component = observation.getComponent();
    return component == null ? "pkg:generic/" + placeOf(observation) : Purls.subject(component);
  }

  private static String codeOf(Observation observation) {
    Location location = observation.getLocation();
    String path = location == null ? "" : location.getPath();
    return RuleNames.lasting(observation) + "|" + path + "|" + codeHash(observation);
  }

  /** The keyed hash of the snippet, else the tool's own hash of the line, else the symbol. */
  private static String codeHash(Observation observation) {
    Location location = observation.getLocation();
    if (location != null && location.getSnippetHash() != null) {
      return location.getSnippetHash();
    }
    Map<String, String> fingerprints = observation.getFingerprints();
    for (String name : LINE_FINGERPRINTS) {
      String value = fingerprints.get(name);
      if (value != null) {
        return value;
      }
    }
    return location == null || location.getSymbol() == null ? "" : location.getSymbol();
  }

  private static String secretOf(Observation observation) {
    Secret secret = observation.getSecret();
    if (secret != null && secret.getHmac() != null) {
      return secret.getDetector() + "|" + secret.getKeyId() + "|" + secret.getHmac();
    }
    String context = secret == null ? "" : String.valueOf(secret.getContextHash());
    return observation.getNativeId() + "|" + placeOf(observation) + "|" + context;
  }

  private static String resourceOf(Observation observation) {
    Resource resource = observation.getResource();
    return (resource == null ? "" : resource.getAddress()) + "|" + placeOf(observation);
  }

  private static String deploymentOf(Observation observation) {
    return observation.getDeployment() == null
        ? placeOf(observation)
        : observation.getDeployment().getName();
  }

  private static String placeOf(Observation observation) {
    if (observation.getLocation() != null) {
      return observation.getLocation().getPath();
    }
    return observation.getPlace() == null ? "" : observation.getPlace();
  }
}
