package dev.sluice.producers.gateway;

import dev.sluice.producers.report.DigestingReport;
import dev.sluice.producers.report.InputLimits;
import dev.sluice.producers.report.Reports;
import dev.sluice.producers.report.SpoolFile;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** Takes request bodies within their limits: so many at once, so large, in one way of sending. */
final class Uploads {
  private static final int RETRY_SECONDS = 5;
  private static final long RATIO_FROM_BYTES = 16L << 20;

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
  private final Semaphore uploads;

  Uploads(GatewaySettings settings) {
    this.settings = settings;
    this.uploads = new Semaphore(settings.maxUploads());
  }

  /** What is done with a body. */
  @FunctionalInterface
  interface Use {
    void with(UploadStream body) throws IOException;
  }

  /**
   * Hands the body over.
   *
   * @param most bytes that it may have
   * @throws ProblemException if as many as may are under way
   */
  void take(Context ctx, long most, Use use) throws IOException {
    if (!uploads.tryAcquire()) {
      throw new ProblemException(
          Problem.busy(
              "this gateway takes "
                  + settings.maxUploads()
                  + " uploads at once; send it again after the time in Retry-After",
              RETRY_SECONDS));
    }
    try {
      use.with(new UploadStream(ctx.req().getInputStream(), settings, most, System::nanoTime));
    } finally {
      uploads.release();
    }
  }

  /** The body as a report. */
  DigestingReport report(String name, InputStream body) {
    InputLimits limits =
        new InputLimits(settings.maxReportBytes(), settings.maxRatio(), RATIO_FROM_BYTES);
    Path directory =
        settings.spoolDirectory() == null
            ? SpoolFile.defaultDirectory()
            : settings.spoolDirectory();
    return Reports.ofStream(name, body, limits, directory);
  }

  /**
   * @throws ProblemException if the body is announced as too large, or sent as something else
   */
  void checkReport(Context ctx) {
    checkSize(ctx, settings.maxBodyBytes(), "gateway.max-body-bytes");
    String media = mediaType(ctx);
    if (!MEDIA_TYPES.contains(media) && !media.endsWith("+json")) {
      throw new ProblemException(
          Problem.mediaType(
              "send the report as the body itself, not in a form: curl --data-binary @report.json"
                  + " with Content-Type: application/json"));
    }
    checkCoding(ctx);
  }

  /**
   * @throws ProblemException as {@link #checkReport}, and if it is not JSON
   */
  void checkJson(Context ctx, long most, String setting) {
    checkSize(ctx, most, setting);
    if (!mediaType(ctx).equals("application/json")) {
      throw new ProblemException(
          Problem.mediaType(
              "send JSON with Content-Type: application/json; a GitHub webhook has it as its"
                  + " \"Content type\""));
    }
    checkCoding(ctx);
  }

  private static void checkSize(Context ctx, long most, String setting) {
    if (ctx.req().getContentLengthLong() > most) {
      Bodies.passOver(ctx);
      throw new ProblemException(Problem.tooLarge(most, setting));
    }
  }

  private static void checkCoding(Context ctx) {
    String coding = ctx.header("Content-Encoding");
    if (coding != null && !Set.of("gzip", "identity").contains(coding.toLowerCase(Locale.ROOT))) {
      throw new ProblemException(
          Problem.mediaType("the only Content-Encoding that is read is gzip"));
    }
  }

  private static String mediaType(Context ctx) {
    String type = ctx.contentType() == null ? "" : ctx.contentType();
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
