package dev.sluice.streams.rules.intel;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.events.VulnerabilityIntel;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** CISA's catalogue of known exploited vulnerabilities as CSV; see {@link KevJson}. */
final class KevCsv implements IntelFormat {
  @Override
  public String id() {
    return "kev-csv";
  }

  @Override
  public String source() {
    return KevJson.SOURCE;
  }

  @Override
  public boolean isWhole() {
    return true;
  }

  @Override
  public boolean recognises(String head) {
    return head.startsWith("cveID,") || head.startsWith("\"cveID\",");
  }

  @Override
  public void read(InputStream document, Consumer<VulnerabilityIntel> entries) throws IOException {
    IntelCsv.rows(
        document,
        List.of("cveID", "dateAdded", "dueDate"),
        row ->
            entries.accept(
                VulnerabilityIntel.newBuilder()
                    .setSource(source())
                    .setVulnerability(row.required("cveID"))
                    .setKnownExploited(true)
                    .setListedOn(row.date("dateAdded"))
                    .setDue(row.date("dueDate"))
                    .setRansomware(row.text("knownRansomwareCampaignUse").equals("Known"))
                    .setCwes(
                        IntelJson.cwes(
                            Arrays.stream(row.text("cwes").split("[,;]"))
                                .<com.fasterxml.jackson.databind.JsonNode>map(TextNode::valueOf)
                                .toList()))
                    .build()));
  }
}
