package dev.sluice.streams;

import dev.sluice.events.Component;
import dev.sluice.events.DisclosureAdvanced;
import dev.sluice.events.DisclosureStep;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.events.LineEnd;
import dev.sluice.events.LineEnded;
import dev.sluice.events.Location;
import dev.sluice.events.Observation;
import dev.sluice.events.PrivateReport;
import dev.sluice.events.Rating;
import dev.sluice.events.ScanCompleted;
import dev.sluice.events.ScanConfirmed;
import dev.sluice.events.ScanEvent;
import dev.sluice.events.ScanFailed;
import dev.sluice.events.ScanPurpose;
import dev.sluice.events.ScanStarted;
import dev.sluice.events.Scanner;
import dev.sluice.events.Scope;
import dev.sluice.events.Secret;
import dev.sluice.events.Severity;
import dev.sluice.events.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Scans and observations for tests, in the words of the field. */
public final class Scans {
  public static final String IMAGE = "registry.example/acme/pay";

  private Scans() {}

  public static Scan trivy(Observation... observations) {
    return new Scan("trivy", List.of(observations));
  }

  public static Scan grype(Observation... observations) {
    return new Scan("grype", List.of(observations));
  }

  public static Scan codeql(Observation... observations) {
    return new Scan("codeql", List.of(observations));
  }

  /** A vulnerability of an npm package: high, with a fix. */
  public static Observation npm(
      String id, String name, String version, String fixed, String... aliases) {
    return vulnerable(id, "pkg:npm/" + name, name, version, fixed, Severity.HIGH, aliases);
  }

  public static Observation vulnerable(
      String id,
      String purl,
      String name,
      String version,
      String fixed,
      Severity severity,
      String... aliases) {
    return Observation.newBuilder()
        .setKind(FindingKind.VULNERABLE_PACKAGE)
        .setNativeId(id)
        .setAliases(new ArrayList<>(List.of(aliases)))
        .setTitle(id + " in " + name)
        .setComponent(
            Component.newBuilder()
                .setPurl(purl + "@" + version)
                .setName(name)
                .setVersion(version)
                .setEcosystem(purl.substring(4, purl.indexOf('/')))
                .setPlaces(new ArrayList<>(List.of("app/package-lock.json")))
                .setPlaceCount(1)
                .build())
        .setFixedVersions(fixed == null ? new ArrayList<>() : new ArrayList<>(List.of(fixed)))
        .setFixState(fixed == null ? FixState.NOT_FIXED : FixState.FIXED)
        .setRatings(
            new ArrayList<>(
                List.of(
                    Rating.newBuilder()
                        .setSource("ghsa")
                        .setSeverity(severity)
                        .setText(severity.name())
                        .build())))
        .build();
  }

  public static Observation code(String rule, String path, int line, String snippetHash) {
    return Observation.newBuilder()
        .setKind(FindingKind.CODE_WEAKNESS)
        .setNativeId(rule)
        .setTitle(rule)
        .setLocation(
            Location.newBuilder()
                .setPath(path)
                .setStartLine(line)
                .setSnippetHash(snippetHash)
                .setSnippetKeyId("k1")
                .build())
        .setRatings(
            new ArrayList<>(
                List.of(
                    Rating.newBuilder()
                        .setSource("codeql")
                        .setSeverity(Severity.HIGH)
                        .setScore(8.1)
                        .setMethod("security-severity")
                        .build())))
        .build();
  }

  public static Observation secret(String detector, String hmac) {
    return Observation.newBuilder()
        .setKind(FindingKind.SECRET)
        .setNativeId(detector)
        .setTitle(detector)
        .setSecret(Secret.newBuilder().setDetector(detector).setHmac(hmac).setKeyId("k1").build())
        .setLocation(Location.newBuilder().setPath("config/prod.env").setStartLine(3).build())
        .build();
  }

  /** A branch of the image's asset was deleted. */
  public static ScanEvent deleted(String branch) {
    return ended(branch, LineEnd.BRANCH_DELETED);
  }

  public static ScanEvent ended(String branch, LineEnd how) {
    ScanEvent event = notice();
    event.setLineEnded(LineEnded.newBuilder().setBranch(branch).setReason(how).build());
    return event;
  }

  /** Somebody says that a suspicious scan is right. */
  public static ScanEvent confirmed(String scanId, String by, String reason) {
    ScanEvent event = notice();
    event.setConfirmed(
        ScanConfirmed.newBuilder().setScanId(scanId).setBy(by).setReason(reason).build());
    return event;
  }

  /** A vulnerability that somebody reported in private. */
  public static Observation reported(String reportId, Severity severity, Instant at) {
    return Observation.newBuilder()
        .setKind(FindingKind.REPORTED_VULNERABILITY)
        .setNativeId(reportId)
        .setTitle("Login can be bypassed")
        .setDescription("A crafted token is accepted.")
        .setRatings(
            new ArrayList<>(
                List.of(Rating.newBuilder().setSource("reporter").setSeverity(severity).build())))
        .setReport(
            PrivateReport.newBuilder()
                .setReportId(reportId)
                .setReportedAt(at)
                .setReproduction("send alg=none")
                .setContact("ada@example.org")
                .build())
        .build();
  }

  /** Somebody takes a step with a reported vulnerability. */
  public static ScanEvent step(String finding, DisclosureStep step, Instant at) {
    ScanEvent event = notice();
    event.setDisclosure(
        DisclosureAdvanced.newBuilder()
            .setFindingId(finding)
            .setStep(step)
            .setBy("alex")
            .setReason("as agreed")
            .setAt(at)
            .build());
    return event;
  }

  private static ScanEvent notice() {
    String id = UUID.randomUUID().toString();
    return ScanEvent.newBuilder().setScanId(id).setAttemptId(id).setSeq(0).setAsset(IMAGE).build();
  }

  /** One scan of one scanner; a builder that sends itself as events. */
  public static final class Scan {
    private final String scanner;
    private final List<Observation> observations;
    private String asset = IMAGE;
    private String version = "5.2.1";
    private String scope = "";
    private String scanId = UUID.randomUUID().toString();
    private String attemptId = UUID.randomUUID().toString();
    private String digest = "sha256:" + UUID.randomUUID();
    private ScanPurpose purpose = ScanPurpose.HEAD;
    private Instant time;
    private String image;
    private String branch;

    public Scan(String scanner, List<Observation> observations) {
      this.scanner = scanner;
      this.observations = observations;
    }

    public Scan asset(String asset) {
      this.asset = asset;
      return this;
    }

    public Scan version(String version) {
      this.version = version;
      return this;
    }

    /** Digest of the image that was scanned. */
    public Scan image(String digest) {
      this.image = digest;
      return this;
    }

    /** Branch that was scanned, instead of a version. */
    public Scan branch(String branch) {
      this.branch = branch;
      this.version = null;
      return this;
    }

    public Scan scope(String scope) {
      this.scope = scope;
      return this;
    }

    public Scan proposal() {
      this.purpose = ScanPurpose.PROPOSAL;
      return this;
    }

    public Scan purpose(ScanPurpose purpose) {
      this.purpose = purpose;
      return this;
    }

    public Scan at(Instant time) {
      this.time = time;
      return this;
    }

    public Scan id(String scanId) {
      this.scanId = scanId;
      return this;
    }

    /** The very same report again, as another scan. */
    public Scan again() {
      Scan again = new Scan(scanner, observations);
      again.asset = asset;
      again.version = version;
      again.scope = scope;
      again.purpose = purpose;
      again.digest = digest;
      again.time = time;
      again.image = image;
      again.branch = branch;
      return again;
    }

    public String id() {
      return scanId;
    }

    public List<ScanEvent> events(Instant now) {
      List<ScanEvent> events = new ArrayList<>();
      events.add(started(now));
      for (Observation observation : observations) {
        ScanEvent event = event(events.size());
        event.setObservation(Observation.newBuilder(observation).build());
        events.add(event);
      }
      ScanEvent end = event(events.size());
      end.setCompleted(
          ScanCompleted.newBuilder()
              .setCount(observations.size())
              .setReportDigest(digest)
              .setReportBytes(1000)
              .build());
      events.add(end);
      return events;
    }

    public ScanEvent failed(long seq) {
      ScanEvent event = event(seq);
      event.setFailed(ScanFailed.newBuilder().setReason("unreadable-report").build());
      return event;
    }

    private ScanEvent started(Instant now) {
      ScanEvent event = event(0);
      event.setStarted(
          ScanStarted.newBuilder()
              .setScanner(Scanner.newBuilder().setName(scanner).build())
              .setFormat("test")
              .setVersion(version)
              .setDigest(image)
              .setBranch(branch)
              .setSeries(scanner + "|" + scope)
              .setScope(Scope.newBuilder().setName(scope.isEmpty() ? null : scope).build())
              .setPurpose(purpose)
              .setTime(time == null ? now : time)
              .setTimeSource(TimeSource.REPORT)
              .build());
      return event;
    }

    private ScanEvent event(long seq) {
      return ScanEvent.newBuilder()
          .setScanId(scanId)
          .setAttemptId(attemptId)
          .setSeq(seq)
          .setAsset(asset)
          .build();
    }
  }
}
