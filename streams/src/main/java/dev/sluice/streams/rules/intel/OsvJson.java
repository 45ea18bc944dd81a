package dev.sluice.streams.rules.intel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.Rating;
import dev.sluice.events.Severity;
import dev.sluice.events.VulnerabilityIntel;
import dev.sluice.streams.rules.severity.SeverityWords;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Records of the OSV schema (https://ossf.github.io/osv-schema), one or many. Only {@code aliases}
 * mean the same vulnerability; {@code upstream} and {@code related} are other ones.
 */
final class OsvJson implements IntelFormat {
  @Override
  public String id() {
    return "osv-json";
  }

  @Override
  public String source() {
    return "osv";
  }

  @Override
  public boolean isWhole() {
    return false;
  }

  @Override
  public boolean recognises(String head) {
    return head.stripLeading().matches("(?s)[\\[{].*")
        && head.contains("\"id\"")
        && head.contains("\"modified\"")
        && (head.contains("\"affected\"")
            || head.contains("\"schema_version\"")
            || head.contains("\"aliases\""));
  }

  @Override
  public void read(InputStream document, Consumer<VulnerabilityIntel> entries) throws IOException {
    IntelJson.objects(
        document,
        entry -> {
          List<String> aliases = new ArrayList<>();
          entry.node().path("aliases").forEach(alias -> aliases.add(alias.asText()));
          entries.accept(
              VulnerabilityIntel.newBuilder()
                  .setSource(source())
                  .setVulnerability(entry.required("id"))
                  .setAliases(aliases)
                  .setRatings(ratings(entry.text("id"), entry.node()))
                  .setCwes(IntelJson.cwes(entry.node().path("database_specific").path("cwe_ids")))
                  .setWithdrawn(entry.node().hasNonNull("withdrawn"))
                  .build());
        });
  }

  private static List<Rating> ratings(String id, JsonNode record) {
    String publisher = publisher(id);
    List<Rating> ratings = new ArrayList<>();
    for (JsonNode severity : record.path("severity")) {
      String method =
          switch (severity.path("type").asText("")) {
            case "CVSS_V2" -> "cvss2";
            case "CVSS_V3" ->
                severity.path("score").asText("").contains("3.1") ? "cvss3.1" : "cvss3";
            case "CVSS_V4" -> "cvss4";
            default -> "";
          };
      if (!method.isEmpty()) {
        ratings.add(
            Rating.newBuilder()
                .setSource(publisher)
                .setSeverity(Severity.UNKNOWN)
                .setVector(severity.path("score").asText())
                .setMethod(method)
                .build());
      }
    }
    String word = record.path("database_specific").path("severity").asText("");
    if (!word.isEmpty()) {
      ratings.add(
          Rating.newBuilder()
              .setSource(publisher)
              .setSeverity(SeverityWords.read(word))
              .setText(word)
              .build());
    }
    return ratings;
  }

  /** Who wrote the record: the part of its id before the first dash. */
  private static String publisher(String id) {
    int dash = id.indexOf('-');
    String prefix = dash < 0 ? id : id.substring(0, dash);
    return prefix.equals("CVE") ? "cna" : prefix.toLowerCase(Locale.ROOT);
  }
}
