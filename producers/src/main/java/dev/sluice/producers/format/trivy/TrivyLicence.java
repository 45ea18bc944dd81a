package dev.sluice.producers.format.trivy;

import dev.sluice.events.Component;
import dev.sluice.events.Directness;
import dev.sluice.events.FindingKind;
import dev.sluice.events.Location;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.Ratings;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;

/** One entry of {@code Licenses}: of a package, or of a file. */
final class TrivyLicence {
  private final TrivyResults.Result result;
  private final RepositoryPaths paths;

  private String packageName;
  private String file;
  private String severity;

  TrivyLicence(TrivyResults.Result result, RepositoryPaths paths) {
    this.result = result;
    this.paths = paths;
  }

  ObservationDraft read(JsonCursor json, ObservationDraft draft)
      throws IOException, UnreadableReportException {
    draft.kind(FindingKind.LICENCE);
    json.object(field -> field(json, field, draft));
    if (severity == null) {
      json.warnField("Severity", "is missing; the severity is taken as unknown");
    }
    draft.firstRating(Ratings.word("trivy", severity));
    if (packageName != null && !packageName.isBlank()) {
      draft.component(
          new Component(
              null,
              packageName,
              null,
              "",
              null,
              null,
              null,
              null,
              null,
              Directness.UNKNOWN,
              new ArrayList<>(),
              0));
    }
    if (file != null && !file.isBlank()) {
      draft.location(new Location(paths.of(file), null, null, null, null, null, null, null));
    }
    boolean ofPackage = packageName != null && !packageName.isBlank();
    String where = ofPackage ? packageName : file != null && !file.isBlank() ? file : result.target;
    draft.title("Licence " + draft.nativeId() + " in " + where);
    return draft;
  }

  private void field(JsonCursor json, String field, ObservationDraft draft)
      throws IOException, UnreadableReportException {
    switch (field) {
      case "Name" -> {
        String name = json.text();
        draft.nativeId(name).licence(name);
      }
      case "PkgName" -> packageName = json.text();
      case "FilePath" -> file = json.text();
      case "Severity" -> severity = json.text();
      case "Category" -> draft.property("category", json.text());
      case "Confidence" -> draft.property("confidence", json.scalar());
      case "Link" -> draft.reference(json.text());
      default -> {}
    }
  }
}
