package dev.sluice.producers.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.producers.publish.PublishOutcome;
import dev.sluice.producers.publish.PublishOutcome.Interrupted;
import dev.sluice.producers.publish.PublishOutcome.Published;
import dev.sluice.producers.publish.PublishOutcome.Reason;
import dev.sluice.producers.publish.PublishOutcome.Refused;
import dev.sluice.producers.publish.PublishOutcome.Unavailable;
import dev.sluice.producers.publish.PublishOutcome.Unreadable;
import dev.sluice.producers.publish.PublishRequest;
import dev.sluice.producers.publish.PublishResult;
import dev.sluice.producers.publish.ReportPublisher;
import dev.sluice.producers.report.DigestingReport;
import dev.sluice.producers.report.InputLimits;
import dev.sluice.producers.report.Reports;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /v1/scans}: a report in the body, published while it arrives. */
final class ScanUpload implements Handler {
  private static final Logger log = LoggerFactory.getLogger(ScanUpload.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RETRY_SECONDS = 5;
  private static final long RATIO_FROM_BYTES = 16L << 20;

  /** What is read of a refused body, so that its sender gets to see the answer. */
  private static final long DISCARD_BYTES = 4L << 20;

  /** What curl sends unless told otherwise is among them: the content decides, not the type. */
  private static final Set<String> MEDIA_TYPES =
      Set.of(
          "",
          "application/json",
          "application/x-ndjson",
          "application/gzip",
          "application/x-gzip",
          "application/octet-stream",
          "application/x-www-form-urlencoded",
          "text/json",
          "text/plain");

  private final GatewaySettings settings;
  private final Access access;
  private final ReportPublisher publisher;
  private final VerdictView verdicts;
  private final GatewayMetrics metrics;
  private final Semaphore uploads;

  ScanUpload(
      GatewaySettings settings,
      Access access,
      ReportPublisher publisher,
      VerdictView verdicts,
      GatewayMetrics metrics) {
    this.settings = settings;
    this.access = access;
    this.publisher = publisher;
    this.verdicts = verdicts;
    this.metrics = metrics;
    this.uploads = new Semaphore(settings.maxUploads());
  }

  @Override
  public void handle(Context ctx) throws IOException {
    Caller caller = access.require(ctx, Role.PUBLISH);
    checkBody(ctx);
    Map<String, List<String>> query = ctx.queryParamMap();
    PublishRequest request = ScanParameters.parse(query, ctx.header("traceparent"), caller.name());
    if (!uploads.tryAcquire()) {
      throw new ProblemException(
          Problem.busy(
              "this gateway takes "
                  + settings.maxUploads()
                  + " uploads at once; send it again"
                  + " after the time in Retry-After",
              RETRY_SECONDS));
    }
    try {
      receive(ctx, caller, request, ScanParameters.name(query));
    } finally {
      uploads.release();
    }
  }

  private void receive(Context ctx, Caller caller, PublishRequest request, String name)
      throws IOException {
    UploadStream body = new UploadStream(ctx.req().getInputStream(), settings, System::nanoTime);
    InputLimits limits =
        new InputLimits(settings.maxReportBytes(), settings.maxRatio(), RATIO_FROM_BYTES);
    PublishOutcome outcome;
    try (DigestingReport report = Reports.ofStream(name, body, limits, spoolDirectory())) {
      outcome = publisher.publish(report, request, asset -> caller.covers(asset.value()));
    }
    metrics.upload(outcome, body.count());
    if (outcome instanceof Published published) {
      accept(ctx, published);
    } else {
      Problem problem = problem(outcome, body.trouble());
      log.atInfo()
          .addKeyValue("status", problem.status())
          .addKeyValue("problem", problem.code())
          .addKeyValue("caller", caller.name())
          .addKeyValue("bytes", body.count())
          .log("An upload was not published");
      body.discard(DISCARD_BYTES);
      problem.send(ctx);
    }
  }

  private void accept(Context ctx, Published published) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode scans = answer.putArray("scans");
    for (PublishResult result : published.scans()) {
      ObjectNode scan = scans.addObject();
      scan.put("scanId", result.scanId());
      scan.put("asset", result.asset());
      scan.put("version", result.version());
      scan.put("tool", result.tool());
      scan.put("format", result.format());
      scan.put("observations", result.observations());
      result.warnings().forEach(scan.putArray("warnings")::add);
      if (!result.embargoed()) {
        verdicts.expect(result.scanId(), result.attemptId());
        scan.put("verdict", baseUrl(ctx) + "/v1/scans/" + result.scanId() + "/verdict");
      }
    }
    ctx.status(202)
        .contentType("application/json")
        .result(answer.toString().getBytes(StandardCharsets.UTF_8));
  }

  private Problem problem(PublishOutcome outcome, UploadStream.Trouble trouble) {
    switch (trouble) {
      case TOO_LARGE:
        return tooLarge();
      case TOO_SLOW:
        return Problem.slow(
            "send at least "
                + settings.minBytesPerSecond()
                + " bytes a second, compressed if that"
                + " helps, and be done within "
                + settings.uploadTimeout().toSeconds()
                + " seconds");
      case CUT_OFF:
        return Problem.badRequest("the body ended early; send it again");
      default:
        break;
    }
    if (outcome instanceof Unavailable unavailable) {
      return Problem.unavailable(unavailable.message(), RETRY_SECONDS);
    }
    if (outcome instanceof Refused refused) {
      return refused.reason() == Reason.ASSET_FORBIDDEN
          ? Problem.forbidden(refused.message())
          : Problem.unreadable(refused.message());
    }
    if (outcome instanceof Interrupted) {
      return Problem.internal(
          "the gateway could not keep the report while it was read; see gateway.spool-directory");
    }
    return Problem.unreadable(((Unreadable) outcome).message());
  }

  private void checkBody(Context ctx) {
    if (ctx.req().getContentLengthLong() > settings.maxBodyBytes()) {
      throw new ProblemException(tooLarge());
    }
    String type = ctx.contentType() == null ? "" : ctx.contentType();
    String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!MEDIA_TYPES.contains(media) && !media.endsWith("+json")) {
      throw new ProblemException(
          Problem.mediaType(
              "send the report as the body itself, not in a form: curl --data-binary @report.json"
                  + " with Content-Type: application/json"));
    }
    String coding = ctx.header("Content-Encoding");
    if (coding != null && !Set.of("gzip", "identity").contains(coding.toLowerCase(Locale.ROOT))) {
      throw new ProblemException(
          Problem.mediaType("the only Content-Encoding that is read is gzip"));
    }
  }

  private Problem tooLarge() {
    return Problem.tooLarge(
        "a body may have "
            + settings.maxBodyBytes()
            + " bytes; send it with gzip, split the scan,"
            + " or raise gateway.max-body-bytes");
  }

  private Path spoolDirectory() {
    return settings.spoolDirectory() == null
        ? Path.of(System.getProperty("java.io.tmpdir"))
        : settings.spoolDirectory();
  }

  private String baseUrl(Context ctx) {
    if (!settings.publicUrl().isEmpty()) {
      return settings.publicUrl();
    }
    String host = ctx.header("Host");
    return host == null ? "" : ctx.scheme() + "://" + host;
  }
}
