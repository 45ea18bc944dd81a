package dev.sluice.producers.format.helm;

import dev.sluice.events.ImageReference;
import dev.sluice.producers.format.Images;
import dev.sluice.producers.redact.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Images and chart label of a rendered manifest, by its lines: a YAML document that is not parsed
 * cannot blow up, and nothing else of it is wanted.
 */
final class HelmManifest {
  private static final String IMAGE = "image:";
  private static final String CHART = "helm.sh/chart:";

  /** The grammar of github.com/distribution/reference, loosely. */
  private static final Pattern REFERENCE =
      Pattern.compile(
          "[A-Za-z0-9][A-Za-z0-9._/-]{0,300}(:[A-Za-z0-9._/:-]{1,200})?(@[a-z0-9]+:[0-9a-f]{32,128})?");

  private final List<ImageReference> images = new ArrayList<>();
  private String chart;

  HelmManifest(String manifest, Redactor redactor) {
    manifest.lines().forEach(line -> read(line, redactor));
  }

  private void read(String text, Redactor redactor) {
    String line = text.strip();
    if (line.startsWith("- ")) {
      line = line.substring(2).strip();
    }
    if (line.startsWith(IMAGE)) {
      String reference = value(line.substring(IMAGE.length()));
      if (REFERENCE.matcher(reference).matches()) {
        Images.add(images, reference, redactor);
      }
    } else if (chart == null && line.startsWith(CHART)) {
      String label = value(line.substring(CHART.length()));
      chart = label.isEmpty() ? null : label;
    }
  }

  /** A plain or quoted scalar without a comment behind it. */
  private static String value(String text) {
    String value = text.strip();
    int comment = value.indexOf(" #");
    value = comment < 0 ? value : value.substring(0, comment).strip();
    char quote = value.isEmpty() ? ' ' : value.charAt(0);
    boolean quoted =
        value.length() > 1
            && (quote == '"' || quote == '\'')
            && value.charAt(value.length() - 1) == quote;
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  List<ImageReference> images() {
    return images;
  }

  /** The label of the first resource that has one: chart name and version; null if none has. */
  String chart() {
    return chart;
  }
}
