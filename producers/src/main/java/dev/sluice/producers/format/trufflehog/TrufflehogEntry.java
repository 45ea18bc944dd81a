package dev.sluice.producers.format.trufflehog;

import dev.sluice.events.FindingKind;
import dev.sluice.events.SecretValidity;
import dev.sluice.producers.format.FoundSecret;
import dev.sluice.producers.format.Locations;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of the report. Raw, RawV2 and the strings of version 2 are hashed and go no further;
 * Redacted is not read, because for some detectors it is the whole public half; nor are diffs,
 * mails and the facts that a verification brought to light.
 */
final class TrufflehogEntry {
  private static final int MOST_STRINGS = 1_000;

  private final ReaderSettings settings;
  private final List<String> strings = new ArrayList<>(1);
  private String detector;
  private String detectorDescription;
  private String decoder;
  private String guide;
  private String raw;
  private String rawV2;
  private boolean verified;
  private boolean failed;
  private boolean log;
  private String source;
  private String repository;
  private String file;
  private String commit;
  private String timestamp;
  private String link;
  private String image;
  private Integer line;
  private String branch;

  TrufflehogEntry(ReaderSettings settings) {
    this.settings = settings;
  }

  void field(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "DetectorName", "reason" -> detector = json.text();
      case "DetectorDescription" -> detectorDescription = json.text();
      case "DecoderName" -> decoder = json.text();
      case "Verified" -> verified = Boolean.TRUE.equals(json.bool());
      case "VerificationError" -> failed = json.isText() && !json.text().isBlank();
      case "Raw" -> raw = json.text();
      case "RawV2" -> rawV2 = json.text();
      case "SourceMetadata" ->
          json.object(
              part -> {
                if (part.equals("Data")) {
                  json.object(kind -> source(json, kind));
                }
              });
      case "ExtraData" ->
          json.object(
              part -> {
                if (part.equals("rotation_guide")) {
                  guide = json.text();
                }
              });
      case "logger", "msg" -> log = true;
      case "path" -> file = json.text();
      case "branch" -> branch = json.text();
      case "commitHash" -> commit = json.text();
      case "date" -> timestamp = json.text();
      case "stringsFound" -> json.array(() -> found(json.text()));
      default -> {}
    }
  }

  private void found(String text) {
    if (text != null && strings.size() < MOST_STRINGS) {
      strings.add(text);
    }
  }

  /** Where it was found: one object, named for the kind of source. */
  private void source(JsonCursor json, String kind) throws IOException, UnreadableReportException {
    source = kind;
    json.object(
        field -> {
          switch (field) {
            case "repository" -> repository = json.text();
            case "file" -> file = json.text();
            case "commit" -> commit = json.text();
            case "timestamp" -> timestamp = json.text();
            case "link" -> link = json.text();
            case "image" -> image = json.text();
            case "line" -> line = json.integer();
            default -> {}
          }
        });
  }

  /** Whether it is a line of the scanner's log, which ends up in the report all too easily. */
  boolean isLog() {
    return log && detector == null;
  }

  /** Repository or image in which it was found; null where the source is neither. */
  String repository() {
    return repository == null || repository.isBlank() ? image : repository;
  }

  /** An observation a secret; none if it is not said what sort of secret. */
  List<ObservationDraft> drafts() {
    List<ObservationDraft> drafts = new ArrayList<>(1);
    if (detector == null || detector.isBlank()) {
      return drafts;
    }
    if (strings.isEmpty()) {
      // RawV2 is the whole of a secret that has two halves.
      drafts.add(draft(rawV2 == null || rawV2.isBlank() ? raw : rawV2));
    }
    for (String each : strings) {
      drafts.add(draft(each));
    }
    return drafts;
  }

  private ObservationDraft draft(String value) {
    ObservationDraft draft = new ObservationDraft(settings.redactor()).knownSecret(value);
    draft.kind(FindingKind.SECRET).nativeId(detector);
    draft.title(verified ? detector + " secret that is live" : detector + " secret");
    draft.description(detectorDescription);
    draft.reference(guide).reference(link);
    draft.property("commit", commit);
    draft.property("branch", branch);
    draft.property("date", timestamp);
    draft.property("decoder", decoder);
    draft.property("verification", verified ? "verified" : failed ? "failed" : "unverified");
    draft.place(source);
    if (file != null && !file.isBlank()) {
      RepositoryPaths paths = new RepositoryPaths(settings.checkoutRoots());
      draft.location(Locations.lines(paths.of(file), line, line));
    }
    return draft.secret(
        FoundSecret.of(
            settings.redactor(),
            detector,
            value,
            null,
            verified ? SecretValidity.LIVE : SecretValidity.UNKNOWN));
  }
}
