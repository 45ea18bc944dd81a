package dev.sluice.producers.format.gitleaks;

import dev.sluice.events.FindingKind;
import dev.sluice.events.Location;
import dev.sluice.events.SecretValidity;
import dev.sluice.producers.format.FoundSecret;
import dev.sluice.producers.format.Locations;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One leak. The value and the line are hashed and go no further; author, mail and commit message
 * are not read at all.
 */
final class GitleaksLeak {
  private static final int MOST_TAGS = 50;

  private final RepositoryPaths paths;
  private final Redactor redactor;
  private final ObservationDraft draft;
  private final List<String> tags = new ArrayList<>(2);
  private String description;
  private String file;
  private String commit;
  private String date;
  private String entropy;
  private String link;
  private String value;
  private String line;
  private Integer startLine;
  private Integer endLine;
  private Integer startColumn;
  private Integer endColumn;

  GitleaksLeak(RepositoryPaths paths, Redactor redactor, ObservationDraft draft) {
    this.paths = paths;
    this.redactor = redactor;
    this.draft = draft;
  }

  void read(JsonCursor json) throws IOException, UnreadableReportException {
    draft.kind(FindingKind.SECRET);
    json.object(field -> field(json, field));
    if (!draft.identified()) {
      return;
    }
    draft.knownSecret(value);
    draft.title(description == null || description.isBlank() ? draft.nativeId() : description);
    draft.property("commit", commit);
    draft.property("date", date);
    draft.property("entropy", entropy);
    draft.property("tags", String.join(", ", tags));
    draft.reference(link);
    if (file == null || file.isBlank()) {
      json.warnField("File", "is missing; the place of the secret is not known");
    } else {
      draft.location(location());
    }
    draft.secret(FoundSecret.of(redactor, draft.nativeId(), value, line, SecretValidity.UNKNOWN));
  }

  private Location location() {
    Location location = Locations.lines(paths.of(file), startLine, endLine);
    location.setStartColumn(Locations.positive(startColumn));
    Integer last = Locations.positive(endColumn);
    location.setEndColumn(last == null || last == Integer.MAX_VALUE ? null : last + 1);
    return location;
  }

  private void field(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "RuleID", "rule" -> draft.nativeId(json.text());
      case "Description" -> description = json.text();
      case "File", "file" -> file = json.text();
      case "StartLine", "lineNumber" -> startLine = json.integer();
      case "EndLine" -> endLine = json.integer();
      case "StartColumn" -> startColumn = json.integer();
      case "EndColumn" -> endColumn = json.integer();
      case "Secret", "offender" -> value = json.text();
      case "Match", "line" -> line = json.text();
      case "Commit", "commit" -> commit = json.text();
      case "Date", "date" -> date = json.text();
      case "Entropy", "offenderEntropy" -> entropy = json.scalar();
      case "Link", "leakURL" -> link = json.text();
      case "Fingerprint" -> draft.fingerprint("gitleaks", json.text());
      case "SymlinkFile" -> draft.property("symlink", json.text());
      case "Tags", "tags" -> {
        if (json.isArray()) {
          json.array(() -> tag(json.text()));
        } else {
          tag(json.text());
        }
      }
      default -> {}
    }
  }

  private void tag(String tag) {
    if (tag != null && !tag.isBlank() && tags.size() < MOST_TAGS) {
      tags.add(tag);
    }
  }
}
