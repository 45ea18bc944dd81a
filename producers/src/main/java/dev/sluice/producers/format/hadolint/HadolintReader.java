package dev.sluice.producers.format.hadolint;

import dev.sluice.events.FindingKind;
import dev.sluice.events.Location;
import dev.sluice.events.Resource;
import dev.sluice.producers.format.Claims;
import dev.sluice.producers.format.Locations;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.Ratings;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.Scanners;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.format.json.JsonOutline;
import dev.sluice.producers.format.json.JsonOutline.Root;
import dev.sluice.producers.format.json.Warnings;
import dev.sluice.producers.report.Report;
import dev.sluice.producers.report.ReportFormat;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.ReportHead;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.ScanReader;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.List;

/** hadolint's {@code -f json}: an array of violations and nothing else. */
public final class HadolintReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat("hadolint-json", "hadolint JSON", List.of("hadolint"));

  private final ReaderSettings settings;

  public HadolintReader(ReaderSettings settings) {
    this.settings = settings;
  }

  @Override
  public ReportFormat format() {
    return FORMAT;
  }

  @Override
  public boolean recognises(ReportHead head) {
    JsonOutline outline = JsonOutline.of(head);
    String code = outline.value("code");
    return outline.root() == Root.ARRAY
        && outline.hasAll("code", "file", "level", "line", "message")
        && (code.startsWith("DL") || code.startsWith("SC") || outline.has("column"));
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    handler.scan(
        new ScanFacts(
            Scanners.of("hadolint", null, null, null),
            Scanners.everything(),
            null,
            null,
            null,
            null,
            null,
            null,
            false));
    RepositoryPaths paths = new RepositoryPaths(settings.checkoutRoots());
    JsonCursor.document(
        report, new Warnings(handler), json -> json.records(() -> violation(json, paths, handler)));
  }

  private void violation(JsonCursor json, RepositoryPaths paths, ReportHandler handler)
      throws IOException, UnreadableReportException {
    ObservationDraft draft = new ObservationDraft(settings.redactor());
    draft.kind(FindingKind.MISCONFIGURATION);
    String[] texts = {null, null, null};
    Integer[] place = {null, null};
    json.object(
        field -> {
          switch (field) {
            case "code" -> draft.nativeId(json.text());
            case "message" -> texts[0] = settings.redactor().redactStrictly(json.text());
            case "level" -> texts[1] = json.text();
            case "file" -> texts[2] = json.text();
            case "line" -> place[0] = json.integer();
            case "column" -> place[1] = json.integer();
            default -> {}
          }
        });
    draft.title(texts[0]).description(texts[0]);
    if (texts[1] == null) {
      json.warnField("level", "is missing; the severity is taken as unknown");
    }
    draft.firstRating(Ratings.word("hadolint", texts[1]));
    if (texts[2] == null || texts[2].isBlank()) {
      json.warnField("file", "is missing");
    } else {
      String path = paths.of(texts[2]);
      Location location = Locations.lines(path, place[0], place[0]);
      location.setStartColumn(Locations.positive(place[1]));
      draft.location(location).resource(new Resource(path, "hadolint", null));
    }
    if (draft.identified() && draft.nativeId().startsWith("DL")) {
      draft.reference("https://github.com/hadolint/hadolint/wiki/" + draft.nativeId().strip());
    }
    Claims.pass(json, draft, "code", handler);
  }
}
