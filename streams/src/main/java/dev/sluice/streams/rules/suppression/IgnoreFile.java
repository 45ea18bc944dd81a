package dev.sluice.streams.rules.suppression;

import dev.sluice.streams.rules.document.DocumentException;
import java.util.List;
import java.util.Locale;

/**
 * A {@code .trivyignore} or {@code .trivyignore.yaml}
 * (https://trivy.dev/latest/docs/configuration/filtering/).
 *
 * @param ignored what can be taken over, in the order of the file
 * @param left what cannot, and why; nothing of such an entry is kept, so that none means more than
 *     was written
 */
public record IgnoreFile(List<Ignored> ignored, List<LeftOut> left) {

  /**
   * An entry that is not taken over.
   *
   * @param line in the file, counted from 1
   * @param why a sentence without its end
   */
  public record LeftOut(int line, String why) {}

  public IgnoreFile {
    ignored = List.copyOf(ignored);
    left = List.copyOf(left);
  }

  /**
   * Reads a file.
   *
   * @param name its ending says which of the two it is, as for Trivy
   * @throws DocumentException if it is called YAML and is none, or has fields that Trivy has not
   */
  public static IgnoreFile read(String name, String document) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".yaml") || lower.endsWith(".yml")
        ? new TrivyIgnoreYaml().read(document)
        : new TrivyIgnoreText().read(document);
  }
}
