package dev.sluice.producers.asset;

import dev.sluice.producers.asset.AssetNaming.Named;
import dev.sluice.producers.asset.AssetNaming.Unusable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Helm charts by repository and name, and deployments by cluster, namespace and name. */
final class ChartNames {
  private static final Pattern CHART_SEGMENT = Pattern.compile("[a-z0-9]+(?:[._-]+[a-z0-9]+)*");
  private static final Pattern CHART_HOST = Pattern.compile("[a-z0-9][a-z0-9.-]*(?::[0-9]{1,5})?");

  /** The file name of a packaged chart: {@code pay-1.2.3.tgz}. */
  private static final Pattern PACKAGED =
      Pattern.compile("(.+)-(v?[0-9]+\\.[0-9]+\\.[0-9]+(?:[-+][0-9A-Za-z.+-]*)?)\\.tgz");

  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]{0,127}");
  private static final Pattern DEPLOYMENT_SEGMENT = Pattern.compile("[a-z0-9][a-z0-9._:@+-]*");

  private ChartNames() {}

  static AssetNaming chart(String spelling) {
    String text = spelling.replaceFirst("^(?i:oci:|https?:)?//", "").replaceFirst("/+$", "");
    String digest = null;
    String version = null;
    int at = text.indexOf('@');
    if (at >= 0) {
      digest = text.substring(at + 1).toLowerCase(Locale.ROOT);
      text = text.substring(0, at);
      if (!digest.matches("sha(256:[0-9a-f]{64}|512:[0-9a-f]{128})")) {
        return unusable("what follows @ in the chart's name is no digest");
      }
    }
    int colon = text.lastIndexOf(':');
    if (colon > text.lastIndexOf('/')) {
      version = text.substring(colon + 1);
      text = text.substring(0, colon);
    }
    Matcher packaged = PACKAGED.matcher(text);
    while (packaged.matches()) {
      text = packaged.group(1);
      version = packaged.group(2);
      packaged = PACKAGED.matcher(text);
    }
    if (version != null && !VERSION.matcher(version).matches()) {
      return unusable("what follows : in the chart's name is no version");
    }
    String[] parts = text.toLowerCase(Locale.ROOT).split("/", -1);
    if (parts.length < 2) {
      return unusable(
          "a chart is named by its repository and its name, for example chart:acme/pay");
    }
    parts[0] = parts[0].replaceFirst(":(443|80)$", "");
    for (int i = 0; i < parts.length; i++) {
      Pattern allowed = i == 0 ? CHART_HOST : CHART_SEGMENT;
      if (!allowed.matcher(parts[i]).matches()) {
        return unusable(
            "a part of the chart's name is empty or has characters that no chart may have");
      }
    }
    return named("chart:" + String.join("/", parts), AssetKind.CHART, version, digest);
  }

  static AssetNaming deployment(String spelling) {
    String text = spelling.replaceFirst("^/+", "").replaceFirst("/+$", "").toLowerCase(Locale.ROOT);
    for (String part : text.split("/", -1)) {
      if (!DEPLOYMENT_SEGMENT.matcher(part).matches()) {
        return unusable(
            "a deployment is named as cluster/namespace/name in letters, digits and . _ : @ + -");
      }
    }
    return named("deployment:" + text, AssetKind.DEPLOYMENT, null, null);
  }

  private static AssetNaming named(String name, AssetKind kind, String version, String digest) {
    return AssetName.isValid(name)
        ? new Named(new AssetName(name), kind, version, digest)
        : unusable("the name is longer than " + AssetName.MAX_LENGTH + " characters");
  }

  private static Unusable unusable(String reason) {
    return new Unusable(reason, AssetNames.REMEDY);
  }
}
