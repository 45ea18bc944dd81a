package dev.sluice.producers.format;

import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.report.ReportHandler;
import java.io.IOException;

/** Passes entries of a report on, once they are read. */
public final class Claims {
  private Claims() {}

  /**
   * Passes on what can be told from others; the rest is a warning.
   *
   * @param json the cursor, behind the entry
   * @param idField name of the field that would have identified it
   */
  public static void pass(
      JsonCursor json, ObservationDraft draft, String idField, ReportHandler handler)
      throws IOException {
    if (draft.identified()) {
      handler.observation(draft.build());
    } else {
      json.warn("the entry has no " + idField + " and cannot be told from others; it is left out");
    }
  }
}
