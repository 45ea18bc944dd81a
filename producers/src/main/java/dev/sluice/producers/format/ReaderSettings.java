package dev.sluice.producers.format;

import dev.sluice.producers.redact.Redactor;
import java.util.List;
import java.util.Objects;

/**
 * What every reader is given.
 *
 * @param redactor hides and hashes secrets
 * @param checkoutRoots directories into which CI checks code out, in addition to those of the known
 *     CI systems; absolute paths below them become repository paths
 */
public record ReaderSettings(Redactor redactor, List<String> checkoutRoots) {
  public ReaderSettings {
    Objects.requireNonNull(redactor, "redactor");
    checkoutRoots = List.copyOf(checkoutRoots);
  }

  public ReaderSettings(Redactor redactor) {
    this(redactor, List.of());
  }
}
