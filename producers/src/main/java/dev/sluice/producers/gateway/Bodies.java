package dev.sluice.producers.gateway;

import dev.sluice.producers.report.DigestingReport;
import java.io.IOException;

/** Bodies that must have arrived whole before anything is done with them. */
final class Bodies {
  private Bodies() {}

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
