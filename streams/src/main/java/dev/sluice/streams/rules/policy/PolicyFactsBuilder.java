package dev.sluice.streams.rules.policy;

import dev.sluice.events.AssetRole;
import dev.sluice.events.Exposure;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.events.Reachability;
import dev.sluice.events.Severity;
import dev.sluice.events.Support;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Collects {@link PolicyFacts}; what is not set is not known. */
public final class PolicyFactsBuilder {
  private final FindingKind kind;
  private Severity severity = Severity.UNKNOWN;
  private boolean knownExploited;
  private LocalDate exploitedDue;
  private Double epss;
  private boolean hasFix;
  private String fixedVersion;
  private FixState fixState = FixState.UNKNOWN;
  private Support support = Support.UNKNOWN;
  private boolean secretLive;
  private Reachability reachability = Reachability.UNKNOWN;
  private List<String> scanners;
  private boolean scannerSuppressed;
  private String asset;
  private String unit;
  private Exposure exposure = Exposure.UNKNOWN;
  private AssetRole role = AssetRole.UNKNOWN;
  private String owner;
  private String packageName;
  private String ecosystem;
  private String vulnerability;
  private List<Integer> cwes;
  private List<String> lines;
  private Instant firstSeen;
  private boolean direct;

  PolicyFactsBuilder(FindingKind kind) {
    this.kind = kind;
  }

  public PolicyFactsBuilder severity(Severity value) {
    this.severity = value;
    return this;
  }

  public PolicyFactsBuilder knownExploited(boolean value) {
    this.knownExploited = value;
    return this;
  }

  public PolicyFactsBuilder exploitedDue(LocalDate value) {
    this.exploitedDue = value;
    return this;
  }

  public PolicyFactsBuilder epss(Double value) {
    this.epss = value;
    return this;
  }

  public PolicyFactsBuilder hasFix(boolean value) {
    this.hasFix = value;
    return this;
  }

  public PolicyFactsBuilder fixedVersion(String value) {
    this.fixedVersion = value;
    return this;
  }

  public PolicyFactsBuilder fixState(FixState value) {
    this.fixState = value;
    return this;
  }

  public PolicyFactsBuilder support(Support value) {
    this.support = value;
    return this;
  }

  public PolicyFactsBuilder secretLive(boolean value) {
    this.secretLive = value;
    return this;
  }

  public PolicyFactsBuilder reachability(Reachability value) {
    this.reachability = value;
    return this;
  }

  public PolicyFactsBuilder scanners(List<String> value) {
    this.scanners = value;
    return this;
  }

  public PolicyFactsBuilder scannerSuppressed(boolean value) {
    this.scannerSuppressed = value;
    return this;
  }

  public PolicyFactsBuilder asset(String value) {
    this.asset = value;
    return this;
  }

  public PolicyFactsBuilder unit(String value) {
    this.unit = value;
    return this;
  }

  public PolicyFactsBuilder exposure(Exposure value) {
    this.exposure = value;
    return this;
  }

  public PolicyFactsBuilder role(AssetRole value) {
    this.role = value;
    return this;
  }

  public PolicyFactsBuilder owner(String value) {
    this.owner = value;
    return this;
  }

  public PolicyFactsBuilder packageName(String value) {
    this.packageName = value;
    return this;
  }

  public PolicyFactsBuilder ecosystem(String value) {
    this.ecosystem = value;
    return this;
  }

  public PolicyFactsBuilder vulnerability(String value) {
    this.vulnerability = value;
    return this;
  }

  public PolicyFactsBuilder cwes(List<Integer> value) {
    this.cwes = value;
    return this;
  }

  public PolicyFactsBuilder lines(List<String> value) {
    this.lines = value;
    return this;
  }

  public PolicyFactsBuilder firstSeen(Instant value) {
    this.firstSeen = value;
    return this;
  }

  public PolicyFactsBuilder direct(boolean value) {
    this.direct = value;
    return this;
  }

  /** The facts as they are now. */
  public PolicyFacts build() {
    return new PolicyFacts(
        kind,
        severity,
        knownExploited,
        exploitedDue,
        epss,
        hasFix,
        fixedVersion,
        fixState,
        support,
        secretLive,
        reachability,
        scanners,
        scannerSuppressed,
        asset,
        unit,
        exposure,
        role,
        owner,
        packageName,
        ecosystem,
        vulnerability,
        cwes,
        lines,
        firstSeen,
        direct);
  }
}
