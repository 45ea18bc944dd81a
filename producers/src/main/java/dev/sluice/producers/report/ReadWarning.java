package dev.sluice.producers.report;

/**
 * Something in a report that could not be used.
 *
 * @param path where, as a JSON path: {@code $.Results[3].Vulnerabilities[7].PkgName}
 * @param reason what is wrong with it, without the value itself
 */
public record ReadWarning(String path, String reason) {
  @Override
  public String toString() {
    return path + ": " + reason;
  }
}
