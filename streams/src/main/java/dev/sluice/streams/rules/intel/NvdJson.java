package dev.sluice.streams.rules.intel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.Rating;
import dev.sluice.events.Severity;
import dev.sluice.events.VulnerabilityIntel;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Answers of NVD's API 2.0 and its yearly files (https://nvd.nist.gov/developers/vulnerabilities).
 */
final class NvdJson implements IntelFormat {
  /** Names of the lists under {@code metrics}, and what they hold. */
  private static final Map<String, String> METRICS =
      Map.of(
          "cvssMetricV2", "cvss2",
          "cvssMetricV30", "cvss3",
          "cvssMetricV31", "cvss3.1",
          "cvssMetricV40", "cvss4");

  @Override
  public String id() {
    return "nvd-json";
  }

  @Override
  public String source() {
    return "nvd";
  }

  @Override
  public boolean isWhole() {
    return false;
  }

  @Override
  public boolean recognises(String head) {
    return head.stripLeading().startsWith("{")
        && (head.contains("\"NVD_CVE\"") || head.contains("\"sourceIdentifier\""));
  }

  @Override
  public void read(InputStream document, Consumer<VulnerabilityIntel> entries) throws IOException {
    IntelJson.entries(
        document,
        "vulnerabilities",
        wrapped -> {
          IntelJson.Entry entry = new IntelJson.Entry(wrapped.node().path("cve"), wrapped.place());
          List<JsonNode> weaknesses = new ArrayList<>();
          for (JsonNode weakness : entry.node().path("weaknesses")) {
            weakness.path("description").forEach(text -> weaknesses.add(text.path("value")));
          }
          entries.accept(
              VulnerabilityIntel.newBuilder()
                  .setSource(source())
                  .setVulnerability(entry.required("id"))
                  .setKnownExploited(entry.node().hasNonNull("cisaExploitAdd"))
                  .setListedOn(entry.date("cisaExploitAdd"))
                  .setDue(entry.date("cisaActionDue"))
                  .setRatings(ratings(entry.node().path("metrics")))
                  .setCwes(IntelJson.cwes(weaknesses))
                  .setWithdrawn(entry.text("vulnStatus").equals("Rejected"))
                  .build());
        });
  }

  private static List<Rating> ratings(JsonNode metrics) {
    List<Rating> ratings = new ArrayList<>();
    METRICS.forEach(
        (list, method) -> {
          for (JsonNode metric : metrics.path(list)) {
            JsonNode cvss = metric.path("cvssData");
            boolean nvd = metric.path("source").asText("").equals("nvd@nist.gov");
            ratings.add(
                Rating.newBuilder()
                    .setSource(nvd ? "nvd" : "cna")
                    .setSeverity(Severity.UNKNOWN)
                    .setVector(cvss.path("vectorString").asText(null))
                    .setScore(
                        cvss.hasNonNull("baseScore") ? cvss.path("baseScore").asDouble() : null)
                    .setMethod(method)
                    .build());
          }
        });
    ratings.sort(
        java.util.Comparator.comparing(Rating::getSource).thenComparing(Rating::getMethod));
    return ratings;
  }
}
