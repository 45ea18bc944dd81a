package dev.sluice.producers.gateway;

import dev.sluice.producers.report.DigestingReport;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;

/** Bodies that must have arrived whole before anything is done with them. */
final class Bodies {
  /** Largest refused body that is read all the same, in bytes. */
  private static final long PASSED_OVER = 1 << 20;

  private Bodies() {}

  /**
   * Reads a body that is refused for its size, if it is small: who is still writing when the
   * connection is closed may never get to see the answer (RFC 9112, section 9.6).
   */
  static void passOver(Context ctx) {
    if (ctx.req().getContentLengthLong() > PASSED_OVER) {
      return;
    }
    try (OutputStream nowhere = OutputStream.nullOutputStream()) {
      ctx.req().getInputStream().transferTo(nowhere);
    } catch (IOException e) {
      // The sender has gone; nobody waits for the answer.
    }
  }

  /**
   * Reads all of it, and keeps it for reading: in memory up to 512 KiB, then in a file without a
   * name.
   *
   * @throws ProblemException if it does not arrive
   */
  static void keepWhole(DigestingReport report, UploadStream body, Publications publications)
      throws IOException {
    report.willReread();
    try {
      long unused = report.bytes();
    } catch (IOException e) {
      throw new ProblemException(
          publications
              .trouble(body)
              .orElseGet(
                  () ->
                      Problem.internal(
                          "the gateway could not keep the body; see gateway.spool-directory")));
    }
  }
}
