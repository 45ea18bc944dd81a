package dev.sluice.producers.gateway;

import dev.sluice.events.LineEnded;
import dev.sluice.events.ScanPurpose;
import dev.sluice.producers.asset.AssetName;
import dev.sluice.producers.publish.Admission;
import dev.sluice.producers.publish.Admission.EarlierScan;
import dev.sluice.producers.publish.PublishOutcome;
import dev.sluice.producers.publish.PublishOutcome.Interrupted;
import dev.sluice.producers.publish.PublishOutcome.Published;
import dev.sluice.producers.publish.PublishOutcome.Reason;
import dev.sluice.producers.publish.PublishOutcome.Refused;
import dev.sluice.producers.publish.PublishOutcome.Unreadable;
import dev.sluice.producers.publish.PublishRequest;
import dev.sluice.producers.publish.PublishResult;
import dev.sluice.producers.publish.ReportKey;
import dev.sluice.producers.publish.ReportPublisher;
import dev.sluice.producers.report.BadInputException;
import dev.sluice.producers.report.DigestingReport;
import dev.sluice.producers.report.ScanReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Notes what it is asked to publish, as a scan of one asset, and answers as a test wants. */
final class FakePublisher implements ReportPublisher {
  static final String ASSET = "docker.io/library/nginx";

  /** A branch or proposal that ended. */
  record End(AssetName asset, LineEnded ended, String id, String traceparent) {}

  /** A scan that failed. */
  record Failure(PublishRequest request, String tool, String detail) {}

  final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
  final List<PublishRequest> requests = Collections.synchronizedList(new ArrayList<>());
  final List<End> ends = Collections.synchronizedList(new ArrayList<>());
  final List<Failure> failures = Collections.synchronizedList(new ArrayList<>());
  volatile Throwable readFailure;
  volatile Duration pause = Duration.ZERO;

  /** What becomes of the next report; null publishes it. */
  volatile PublishOutcome next;

  private int attempts;

  @Override
  public PublishOutcome publish(
      DigestingReport report, PublishRequest request, Admission admission) {
    requests.add(request);
    if (!admission.permits(new AssetName(ASSET))) {
      return new Refused(Reason.ASSET_FORBIDDEN, "not with this token");
    }
    try {
      String digest =
          request.reportDigest() == null ? report.digestAhead() : request.reportDigest();
      Optional<EarlierScan> earlier =
          digest == null ? Optional.empty() : admission.earlier(key(request, digest));
      if (earlier.isPresent()) {
        EarlierScan scan = earlier.get();
        return new Published(
            List.of(result(scan.scanId(), scan.attemptId(), key(request, digest), true)));
      }
      return next == null ? read(report, request) : next;
    } catch (BadInputException e) {
      readFailure = e;
      return new Unreadable(e.getMessage(), e.reason() == BadInputException.Reason.TOO_LARGE);
    } catch (IOException e) {
      readFailure = e;
      return new Interrupted("cut off");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private PublishOutcome read(DigestingReport report, PublishRequest request)
      throws IOException, InterruptedException {
    try (InputStream in = report.open()) {
      Thread.sleep(pause.toMillis());
      bodies.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    String id = request.scanId() == null ? "s-1" : request.scanId();
    return new Published(
        List.of(result(id, "a-" + ++attempts, key(request, report.digest()), false)));
  }

  @Override
  public PublishOutcome publish(
      DigestingReport report, ScanReader reader, PublishRequest request, Admission admission) {
    return publish(report, request, admission);
  }

  @Override
  public PublishOutcome fail(
      PublishRequest request, String tool, String detail, Admission admission) {
    if (!admission.permits(new AssetName(ASSET))) {
      return new Refused(Reason.ASSET_FORBIDDEN, "not with this token");
    }
    failures.add(new Failure(request, tool, detail));
    return next == null
        ? new Published(List.of(result(request.scanId(), "a-1", null, false)))
        : next;
  }

  @Override
  public PublishOutcome end(AssetName asset, LineEnded ended, String id, String traceparent) {
    ends.add(new End(asset, ended, id, traceparent));
    return next == null ? new Published(List.of()) : next;
  }

  private static ReportKey key(PublishRequest request, String digest) {
    return new ReportKey(
        digest,
        ASSET,
        request.unit(),
        request.version(),
        request.releaseLine(),
        request.digest(),
        request.commit(),
        request.branch(),
        "trivy",
        request.purpose() == null ? ScanPurpose.HEAD : request.purpose());
  }

  private static PublishResult result(
      String scanId, String attemptId, ReportKey key, boolean repeated) {
    return new PublishResult(
        scanId,
        attemptId,
        ASSET,
        null,
        "1.19",
        "trivy",
        "trivy",
        "trivy-json",
        false,
        3,
        List.of("$.x: odd"),
        key == null ? null : key.reportDigest(),
        key,
        repeated);
  }
}
