package dev.sluice.producers.format.trufflehog;

import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.Scanners;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.ScanFacts;
import java.io.IOException;
import java.util.Objects;

/**
 * Begins a scan wherever the repository changes: one report may be of all repositories of an
 * organisation, in any order.
 */
final class TrufflehogScans {
  private final ReaderSettings settings;
  private final ReportHandler handler;
  private boolean begun;
  private String current;

  TrufflehogScans(ReaderSettings settings, ReportHandler handler) {
    this.settings = settings;
    this.handler = handler;
  }

  void add(JsonCursor json, TrufflehogEntry entry) throws IOException {
    if (entry.isLog()) {
      return;
    }
    begin(settings.redactor().withoutLogin(entry.repository()));
    boolean identified = false;
    for (ObservationDraft draft : entry.drafts()) {
      identified = true;
      handler.observation(draft.build());
    }
    if (!identified) {
      json.warn("the entry names no detector and cannot be told from others; it is left out");
    }
  }

  /** A report without a secret is a scan too. */
  void end() throws IOException {
    if (!begun) {
      begin(null);
    }
  }

  private void begin(String repository) throws IOException {
    if (begun && Objects.equals(current, repository)) {
      return;
    }
    begun = true;
    current = repository;
    handler.scan(
        new ScanFacts(
            Scanners.of("trufflehog", null, null, null),
            Scanners.everything(),
            repository,
            null,
            null,
            null,
            null,
            null,
            false));
  }
}
