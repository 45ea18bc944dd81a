package dev.sluice.producers.format;

import dev.sluice.producers.format.anchore.AnchoreReader;
import dev.sluice.producers.format.bandit.BanditReader;
import dev.sluice.producers.format.checkov.CheckovReader;
import dev.sluice.producers.format.clair.ClairReader;
import dev.sluice.producers.format.cyclonedx.CycloneDxReader;
import dev.sluice.producers.format.dependencycheck.DependencyCheckReader;
import dev.sluice.producers.format.github.CodeScanningReader;
import dev.sluice.producers.format.github.DependabotReader;
import dev.sluice.producers.format.github.RepositoryAdvisoryReader;
import dev.sluice.producers.format.github.SecretScanningReader;
import dev.sluice.producers.format.gitlab.GitlabReader;
import dev.sluice.producers.format.gitleaks.GitleaksReader;
import dev.sluice.producers.format.gosec.GosecReader;
import dev.sluice.producers.format.govulncheck.GovulncheckReader;
import dev.sluice.producers.format.grype.GrypeReader;
import dev.sluice.producers.format.hadolint.HadolintReader;
import dev.sluice.producers.format.helm.HelmReader;
import dev.sluice.producers.format.json.Abridgement;
import dev.sluice.producers.format.json.JsonOutline;
import dev.sluice.producers.format.kubebench.KubeBenchReader;
import dev.sluice.producers.format.npm.NpmAuditReader;
import dev.sluice.producers.format.ocsf.OcsfReader;
import dev.sluice.producers.format.openvex.OpenVexReader;
import dev.sluice.producers.format.operator.OperatorReader;
import dev.sluice.producers.format.osv.OsvReader;
import dev.sluice.producers.format.sarif.SarifReader;
import dev.sluice.producers.format.semgrep.SemgrepReader;
import dev.sluice.producers.format.sluice.SluiceReader;
import dev.sluice.producers.format.snyk.SnykReader;
import dev.sluice.producers.format.staticcheck.StaticcheckReader;
import dev.sluice.producers.format.trivy.TrivyReader;
import dev.sluice.producers.format.trufflehog.TrufflehogReader;
import dev.sluice.producers.format.zap.ZapReader;
import dev.sluice.producers.report.Report;
import dev.sluice.producers.report.ReportHead;
import dev.sluice.producers.report.ScanReader;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The formats that can be read, and which of them a report is in. */
public final class Formats {
  private final List<ScanReader> readers;

  Formats(List<ScanReader> readers) {
    this.readers = List.copyOf(readers);
  }

  /** All formats. A new one is one line here. */
  public static Formats standard(ReaderSettings settings) {
    return new Formats(
        List.of(
            new TrivyReader(settings),
            new GrypeReader(settings),
            new SarifReader(settings),
            new ClairReader(settings),
            new AnchoreReader(settings),
            new OsvReader(settings),
            new SnykReader(settings),
            new CycloneDxReader(settings),
            new OcsfReader(settings),
            new NpmAuditReader(settings),
            new OperatorReader(settings),
            new SluiceReader(settings),
            new GitleaksReader(settings),
            new TrufflehogReader(settings),
            new SemgrepReader(settings),
            new BanditReader(settings),
            new HadolintReader(settings),
            new HelmReader(settings),
            new CheckovReader(settings),
            new KubeBenchReader(settings),
            new ZapReader(settings),
            new DependencyCheckReader(settings),
            new GosecReader(settings),
            new GovulncheckReader(settings),
            new OpenVexReader(settings),
            new GitlabReader(settings),
            new StaticcheckReader(settings),
            new DependabotReader(settings),
            new CodeScanningReader(settings),
            new SecretScanningReader(settings),
            new RepositoryAdvisoryReader(settings)));
  }

  /** Every reader, in the order of the list. */
  public List<ScanReader> readers() {
    return readers;
  }

  /** The ids that {@code --format} takes. */
  public List<String> ids() {
    return readers.stream().map(r -> r.format().id()).toList();
  }

  /** The reader of a format's id; empty if there is none. */
  public Optional<ScanReader> byId(String id) {
    return readers.stream().filter(r -> r.format().id().equals(id)).findFirst();
  }

  /**
   * The one reader that claims the report's first bytes or, where nobody does, a JSON report
   * abridged. The report can be opened once more afterwards, or as often as {@link
   * Report#willReread} allows.
   *
   * @throws UnreadableReportException if nobody claims it: says what was seen and lists the
   *     formats; or if two do, which is a defect of a reader
   */
  public ScanReader recognise(Report report) throws IOException, UnreadableReportException {
    ReportHead head = ReportHead.of(report);
    List<ScanReader> claims = claims(head);
    if (claims.isEmpty() && head.truncated() && isJson(head)) {
      report.willReread();
      claims = claims(Abridgement.of(report));
    }
    if (claims.size() == 1) {
      return claims.get(0);
    }
    String problem =
        claims.isEmpty()
            ? HeadDescription.of(head)
            : "fits several formats: "
                + claims.stream().map(r -> r.format().id()).collect(Collectors.joining(", "));
    JsonOutline.Root root = JsonOutline.of(head).root();
    String remedy =
        root == JsonOutline.Root.NOTHING
            ? ". Check that the scanner ran to its end"
            : ". Formats: " + String.join(", ", ids()) + "; choose one with --format";
    throw new UnreadableReportException(report.name() + ": " + problem + remedy);
  }

  private List<ScanReader> claims(ReportHead head) {
    return readers.stream().filter(reader -> reader.recognises(head)).toList();
  }

  private static boolean isJson(ReportHead head) {
    JsonOutline.Root root = JsonOutline.of(head).root();
    return root == JsonOutline.Root.OBJECT || root == JsonOutline.Root.ARRAY;
  }
}
