package dev.sluice.streams.rules.intel;

import dev.sluice.events.VulnerabilityIntel;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * CISA's catalogue of known exploited vulnerabilities as JSON
 * (https://www.cisa.gov/known-exploited-vulnerabilities-catalog).
 */
final class KevJson implements IntelFormat {
  static final String SOURCE = "cisa-kev";

  @Override
  public String id() {
    return "kev-json";
  }

  @Override
  public String source() {
    return SOURCE;
  }

  @Override
  public boolean isWhole() {
    return true;
  }

  @Override
  public boolean recognises(String head) {
    return head.stripLeading().startsWith("{")
        && head.contains("\"cveID\"")
        && head.contains("\"vulnerabilities\"");
  }

  @Override
  public void read(InputStream document, Consumer<VulnerabilityIntel> entries) throws IOException {
    IntelJson.entries(
        document,
        "vulnerabilities",
        entry ->
            entries.accept(
                VulnerabilityIntel.newBuilder()
                    .setSource(source())
                    .setVulnerability(entry.required("cveID"))
                    .setKnownExploited(true)
                    .setListedOn(entry.date("dateAdded"))
                    .setDue(entry.date("dueDate"))
                    .setRansomware(entry.text("knownRansomwareCampaignUse").equals("Known"))
                    .setCwes(IntelJson.cwes(entry.node().path("cwes")))
                    .build()));
  }
}
