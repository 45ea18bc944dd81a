package dev.sluice.producers.format.ocsf;

import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.Scanners;
import dev.sluice.producers.format.Times;
import dev.sluice.producers.format.json.JsonEntry;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.ScanFacts;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Publishes each event in a scan of its product and asset; it begins anew where they change. */
final class OcsfScans {
  /** Most observations of one event: resources, vulnerabilities and packages multiply. */
  private static final int MOST = 10_000;

  /** The last millisecond of the year 9999. */
  private static final long LATEST = 253_402_300_799_999L;

  private final ReaderSettings settings;
  private final ReportHandler handler;
  private Instant newest;
  private ScanFacts current;

  OcsfScans(ReaderSettings settings, ReportHandler handler) {
    this.settings = settings;
    this.handler = handler;
  }

  void look(JsonEntry event) {
    newer(time(event, "time"));
    newer(time(event.at("finding_info"), "modified_time"));
    newer(time(event.at("finding_info"), "last_seen_time"));
  }

  private void newer(Instant time) {
    if (time != null && (newest == null || time.isAfter(newest))) {
      newest = time;
    }
  }

  /** Milliseconds since 1970, or with the profile datetime a text beside them. */
  private static Instant time(JsonEntry from, String name) {
    Double millis = from.number(name);
    if (millis != null && millis > 0 && millis <= LATEST) {
      return Instant.ofEpochMilli(millis.longValue());
    }
    return Times.parse(from.text(name + "_dt"));
  }

  void publish(JsonEntry event) throws IOException {
    List<OcsfResource> resources = new ArrayList<>();
    event
        .at("resources")
        .objects(each -> resources.add(OcsfResource.of(each, settings.redactor())));
    if (resources.isEmpty()) {
      resources.add(OcsfResource.of(event.at("resource"), settings.redactor()));
    }
    List<JsonEntry> vulnerabilities = new ArrayList<>();
    event.at("vulnerabilities").objects(vulnerabilities::add);
    if (vulnerabilities.isEmpty()) {
      event.warn("names no vulnerability and is left out");
    }
    int[] left = {MOST};
    for (OcsfResource resource : resources) {
      begin(facts(event, resource));
      for (JsonEntry each : vulnerabilities) {
        observe(event, each, resource, left);
      }
    }
    if (left[0] < 0) {
      event.warn("stands for more than " + MOST + " observations; the rest is left out");
    }
  }

  private void observe(JsonEntry event, JsonEntry each, OcsfResource resource, int[] left)
      throws IOException {
    OcsfVulnerability vulnerability = new OcsfVulnerability(event, each, settings);
    String id = vulnerability.id();
    if (id == null) {
      each.warn("has no id and cannot be told from others; it is left out");
      return;
    }
    for (ObservationDraft draft : vulnerability.drafts(id, left)) {
      resource.describe(draft);
      handler.observation(draft.build());
    }
  }

  private void begin(ScanFacts facts) throws IOException {
    if (!facts.equals(current)) {
      handler.scan(facts);
      current = facts;
    }
  }

  private ScanFacts facts(JsonEntry event, OcsfResource resource) {
    return new ScanFacts(
        Scanners.of(product(event), event.at("metadata").at("product").text("version"), null, null),
        Scanners.everything(),
        resource.asset(),
        resource.version(),
        resource.digest(),
        null,
        null,
        newest,
        true);
  }

  /** The product that found it. */
  static String product(JsonEntry event) {
    JsonEntry product = event.at("metadata").at("product");
    for (String field : List.of("name", "vendor_name", "uid")) {
      String text = product.text(field);
      if (text != null && !text.isBlank()) {
        return text.strip();
      }
    }
    return "ocsf";
  }
}
