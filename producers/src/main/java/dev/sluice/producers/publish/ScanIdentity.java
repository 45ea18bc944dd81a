package dev.sluice.producers.publish;

import dev.sluice.events.ScanPurpose;
import dev.sluice.events.ScanStarted;
import dev.sluice.events.Scanner;
import dev.sluice.events.Scope;
import dev.sluice.producers.asset.AssetKind;
import dev.sluice.producers.asset.AssetName;
import dev.sluice.producers.asset.AssetNames;
import dev.sluice.producers.asset.AssetNaming;
import dev.sluice.producers.asset.AssetNaming.Named;
import dev.sluice.producers.asset.AssetNaming.Unusable;
import dev.sluice.producers.publish.PublishOutcome.Reason;
import dev.sluice.producers.publish.PublishOutcome.Refused;
import dev.sluice.producers.report.ScanFacts;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a scan is about, settled from the request and the report: explicit values win over what the
 * report says, which wins over nothing.
 */
record ScanIdentity(
    Scanner scanner,
    Scope scope,
    String series,
    AssetName asset,
    String unit,
    String version,
    String releaseLine,
    String digest,
    String commit,
    String branch,
    ScanPurpose purpose) {

  private static final Scope NOTHING_SAID = Scope.newBuilder().build();

  /** Scans that agree in this are one scan, however many runs the report has of it. */
  record Key(
      AssetName asset, String unit, String version, String digest, String branch, String series) {}

  /** References under which GitHub, GitLab, Bitbucket and Azure keep what is not merged. */
  private static final Pattern PROPOSALS =
      Pattern.compile("refs/(?:pull|merge-requests|pull-requests)/");

  /** The event that opens an attempt, without what only a report tells. */
  ScanStarted.Builder started(ScanTime time, String publisher) {
    return ScanStarted.newBuilder()
        .setScanner(scanner)
        .setUnit(unit)
        .setVersion(version)
        .setReleaseLine(releaseLine)
        .setDigest(digest)
        .setCommit(commit)
        .setBranch(branch)
        .setSeries(series)
        .setScope(scope)
        .setPurpose(purpose)
        .setTime(time.time())
        .setTimeSource(time.source())
        .setPublisher(publisher);
  }

  ReportKey reportKey(String reportDigest) {
    return new ReportKey(
        reportDigest,
        asset.value(),
        unit,
        version,
        releaseLine,
        digest,
        commit,
        branch,
        series,
        purpose);
  }

  Key key() {
    return new Key(asset, unit, version, digest, branch, series);
  }

  /**
   * @throws PublishStop if no lasting asset is named
   */
  static ScanIdentity of(PublishRequest request, ScanFacts facts, String report)
      throws PublishStop {
    AssetNaming reported = AssetNames.canonical(facts.asset());
    AssetKind stated = reported instanceof Named named ? named.kind() : AssetKind.UNKNOWN;
    AssetNaming naming =
        request.asset() == null ? reported : AssetNames.canonical(request.asset(), stated);
    AssetNaming standard =
        request.defaultAsset() == null ? null : AssetNames.canonical(request.defaultAsset());
    boolean byDefault =
        request.asset() == null && naming instanceof Unusable && standard instanceof Named;
    naming = byDefault ? standard : naming;
    if (naming instanceof Unusable unusable) {
      throw new PublishStop(new Refused(Reason.ASSET_UNKNOWN, report + ": " + unusable));
    }
    Named asset = (Named) naming;
    // What the report says of its target holds under whatever name the publisher gives it.
    Named said = reported instanceof Named named ? named : null;
    boolean explicit = request.asset() != null || byDefault;
    boolean isStandard = standard instanceof Named named && named.asset().equals(asset.asset());
    String branch = first(request.branch(), facts.branch());

    Scope scope = Scope.newBuilder(facts.scope()).build();
    if (request.scope() != null) {
      scope.setName(request.scope());
    } else if (scope.equals(NOTHING_SAID)) {
      scope.setName(request.defaultScope());
    }
    Scanner scanner = Scanner.newBuilder(facts.scanner()).build();
    String tool =
        scanner.getName() == null ? "" : scanner.getName().strip().toLowerCase(Locale.ROOT);
    scanner.setName(tool.isEmpty() ? "unknown" : tool);

    return new ScanIdentity(
        scanner,
        scope,
        SeriesKeys.of(scanner.getName(), scope),
        asset.asset(),
        request.unit(),
        first(
            request.version(),
            explicit ? asset.version() : null,
            facts.version(),
            said == null ? null : said.version(),
            isStandard ? request.defaultVersion() : null),
        request.releaseLine(),
        first(
            request.digest(),
            explicit ? asset.digest() : null,
            facts.digest(),
            said == null ? null : said.digest()),
        first(request.commit(), facts.commit()),
        branch,
        purpose(request.purpose(), facts.statement(), branch));
  }

  /**
   * A source of single alerts has no absence: taken as a scan of a head it would resolve all that
   * it does not mention, so nobody can ask for that. What it says of a pull or merge request is a
   * proposal even so: its webhooks come without anybody who could say that.
   */
  private static ScanPurpose purpose(ScanPurpose asked, boolean statement, String branch) {
    if (statement) {
      boolean proposal = branch != null && PROPOSALS.matcher(branch).lookingAt();
      return proposal || asked == ScanPurpose.PROPOSAL
          ? ScanPurpose.PROPOSAL
          : ScanPurpose.STATEMENT;
    }
    return asked == null || asked == ScanPurpose.UNKNOWN ? ScanPurpose.HEAD : asked;
  }

  private static String first(String... values) {
    for (String value : values) {
      if (value != null && !value.isBlank()) {
        return value.strip();
      }
    }
    return null;
  }
}
