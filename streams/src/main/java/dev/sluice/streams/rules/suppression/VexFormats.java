package dev.sluice.streams.rules.suppression;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.events.Suppression;
import dev.sluice.streams.rules.document.DocumentException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All formats of VEX documents. A new one is one line here. */
public final class VexFormats {
  private static final List<VexFormat> ALL =
      List.of(new OpenVex(), new CycloneDxVex(), new CsafVex());

  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(200)
                      .maxDocumentLength(256L << 20)
                      .build())
              .build());

  private static final Comparator<Suppression> BY_TIME =
      Comparator.comparing(
          Suppression::getRecordedAt, Comparator.nullsFirst(Comparator.naturalOrder()));

  private VexFormats() {}

  /**
   * Reads a document of any format. Of several statements about the same vulnerability and products
   * the newest stays, and of equal time the last.
   *
   * @param source name of the document, for people
   * @throws DocumentException if it is not JSON, or no VEX document
   */
  public static List<Suppression> read(String source, String document) {
    JsonNode root;
    try {
      root = JSON.readTree(document);
    } catch (JacksonException e) {
      throw new DocumentException(
          e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr()),
          e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getColumnNr()),
          "This is not JSON, or it is cut off.",
          "Fetch it again.");
    }
    VexFormat format =
        ALL.stream()
            .filter(each -> each.recognises(root))
            .findFirst()
            .orElseThrow(
                () ->
                    new DocumentException(
                        1,
                        1,
                        "This is no VEX document that Sluice knows.",
                        "OpenVEX, CycloneDX with vulnerabilities, and CSAF 2.0 are read."));
    Map<String, Suppression> newest = new LinkedHashMap<>();
    for (Suppression each : format.read(source, root)) {
      newest.merge(each.getId(), each, (a, b) -> BY_TIME.compare(a, b) <= 0 ? b : a);
    }
    return List.copyOf(newest.values());
  }
}
