package dev.sluice.streams.rules.support;

import dev.sluice.events.ChartImagePair;
import dev.sluice.events.Deployment;
import dev.sluice.events.ImageReference;
import dev.sluice.streams.rules.version.VersionText;
import dev.sluice.streams.rules.version.WrittenRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether what is deployed was released together, by the pairs of chart and image in a support
 * matrix. What no pair speaks of stays unknown.
 */
public sealed interface Combination {
  /** One sentence for people. */
  String sentence();

  /** Chart and images were released together. */
  record Released(String sentence) implements Combination {}

  /** An image that was not released with the chart that runs it. */
  record Unsupported(String sentence) implements Combination {}

  /** The matrix, or the deployment, does not say enough. */
  record Unknown(String sentence) implements Combination {}

  /** The worst of what several sources say is deployed under one name. */
  static Combination judge(List<Deployment> deployments, List<ChartImagePair> pairs) {
    List<Combination> all = deployments.stream().map(each -> judge(each, pairs)).toList();
    return all.stream()
        .filter(Unsupported.class::isInstance)
        .findFirst()
        .or(() -> all.stream().filter(Unknown.class::isInstance).findFirst())
        .or(() -> all.stream().findFirst())
        .orElseGet(() -> new Unknown("No source says what is deployed."));
  }

  private static Combination judge(Deployment deployment, List<ChartImagePair> pairs) {
    List<ChartImagePair> ofChart =
        pairs.stream().filter(pair -> isChart(pair, deployment.getChart())).toList();
    List<Combination> images = new ArrayList<>();
    for (ImageReference image : deployment.getImages()) {
      List<ChartImagePair> ofImage =
          ofChart.stream()
              .filter(pair -> fullName(pair.getImage()).equals(fullName(image.getRepository())))
              .toList();
      if (!ofImage.isEmpty()) {
        images.add(judge(deployment, image, ofImage));
      }
    }
    return images.stream()
        .filter(Unsupported.class::isInstance)
        .findFirst()
        .or(() -> images.stream().filter(Unknown.class::isInstance).findFirst())
        .or(() -> images.stream().findFirst())
        .orElseGet(
            () ->
                new Unknown("No pair of a support matrix names its chart with one of its images."));
  }

  private static Combination judge(
      Deployment deployment, ImageReference image, List<ChartImagePair> pairs) {
    String what =
        "chart "
            + deployment.getChart()
            + (deployment.getChartVersion() == null ? "" : " " + deployment.getChartVersion())
            + " and image "
            + written(image);
    boolean chartKnown = false;
    boolean doubt = false;
    for (ChartImagePair pair : pairs) {
      Optional<Boolean> chart = isIn(pair.getChartVersions(), deployment.getChartVersion(), null);
      if (chart.isEmpty()) {
        doubt = true;
      } else if (chart.get()) {
        chartKnown = true;
        Optional<Boolean> in = isIn(pair.getImageVersions(), image.getTag(), image.getDigest());
        if (in.orElse(false)) {
          return new Released("They were released together: " + what + ".");
        }
        doubt |= in.isEmpty();
      }
    }
    return chartKnown && !doubt
        ? new Unsupported("Not released together: " + what + ".")
        : new Unknown(
            "The support matrix does not say whether they belong together: " + what + ".");
  }

  private static boolean isChart(ChartImagePair pair, String chart) {
    if (chart == null) {
      return false;
    }
    String name = chart.substring(chart.lastIndexOf('/') + 1);
    return pair.getChart().equalsIgnoreCase(name) || pair.getChart().equalsIgnoreCase(chart);
  }

  /** Docker's short names stand for more; see distribution/reference, "familiar names". */
  private static String fullName(String image) {
    String name = image.toLowerCase(Locale.ROOT);
    int slash = name.indexOf('/');
    if (slash < 0) {
      return "docker.io/library/" + name;
    }
    String host = name.substring(0, slash);
    boolean isHost = host.contains(".") || host.contains(":") || host.equals("localhost");
    String full = isHost ? name : "docker.io/" + name;
    return full.replaceFirst("^index\\.docker\\.io/", "docker.io/");
  }

  /** Empty where range or version cannot be read. A digest is compared with a digest only. */
  private static Optional<Boolean> isIn(String range, String version, String digest) {
    if (range.isBlank()) {
      return Optional.of(true);
    }
    if (range.startsWith("sha256:")) {
      return digest == null ? Optional.empty() : Optional.of(range.equals(digest));
    }
    if (version == null) {
      return Optional.empty();
    }
    if (range.equals(version)) {
      return Optional.of(true);
    }
    WrittenRange written = WrittenRange.read(range);
    boolean fixed =
        written.kind() == WrittenRange.Kind.LINE || written.kind() == WrittenRange.Kind.RANGE;
    Optional<String> core = VersionText.core(version);
    return fixed && core.isPresent()
        ? written.range().map(known -> known.containsCore(core.get()))
        : Optional.empty();
  }

  private static String written(ImageReference image) {
    return image.getRepository()
        + (image.getTag() == null ? "" : ":" + image.getTag())
        + (image.getTag() == null && image.getDigest() != null ? "@" + image.getDigest() : "");
  }
}
