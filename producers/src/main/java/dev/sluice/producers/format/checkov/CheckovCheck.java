package dev.sluice.producers.format.checkov;

import dev.sluice.events.FindingKind;
import dev.sluice.events.Resource;
import dev.sluice.events.Secret;
import dev.sluice.events.SecretValidity;
import dev.sluice.producers.format.Locations;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.Ratings;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.TextLimits;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** One check that failed or was skipped. Tags, evaluations and fixed definitions are not read. */
final class CheckovCheck {
  private static final int MOST_CODE = 64 * 1024;
  private static final Map<String, String> PROVIDERS =
      Map.of(
          "AWS", "aws",
          "AZURE", "azure",
          "GCP", "google",
          "K8S", "kubernetes",
          "ALI", "alicloud",
          "OCI", "oci",
          "GIT", "github");

  private final String checkType;
  private final RepositoryPaths paths;
  private final Redactor redactor;
  private final ObservationDraft draft;
  private final CheckovVulnerability vulnerability = new CheckovVulnerability();
  private final StringBuilder code = new StringBuilder();
  private String filePath;
  private String repositoryPath;
  private String resource;
  private String severity;
  private String comment;
  private Integer[] lines = {null, null};

  CheckovCheck(String checkType, RepositoryPaths paths, Redactor redactor, ObservationDraft draft) {
    this.checkType = checkType == null ? "" : checkType;
    this.paths = paths;
    this.redactor = redactor;
    this.draft = draft;
  }

  void read(JsonCursor json) throws IOException, UnreadableReportException {
    draft.kind(FindingKind.MISCONFIGURATION);
    json.object(field -> field(json, field));
    if (!draft.identified()) {
      return;
    }
    draft.firstRating(Ratings.word("checkov", severity));
    String path = path();
    if (!path.isEmpty()) {
      String text = code.length() == 0 ? null : code.toString();
      draft.location(Locations.snippet(path, lines[0], lines[1], text, redactor));
    }
    if (vulnerability.present()) {
      vulnerability.fill(draft, path);
    } else if (checkType.equals("secrets") || draft.nativeId().startsWith("CKV_SECRET")) {
      secret();
    } else {
      boolean named = resource != null && !resource.isBlank();
      draft.resource(
          new Resource(
              named ? resource : path, checkType.isEmpty() ? null : checkType, provider()));
    }
  }

  /**
   * The address of a secret is an unkeyed hash of its value, which can be guessed. It is hashed
   * with the key, and so tells secrets apart.
   */
  private void secret() {
    draft.kind(FindingKind.SECRET);
    boolean hashed = resource != null && !resource.isBlank();
    draft.secret(
        new Secret(
            TextLimits.cutIdentity(draft.nativeId(), TextLimits.ID),
            null,
            hashed ? redactor.keyId() : null,
            "",
            SecretValidity.UNKNOWN,
            hashed ? redactor.hmac(resource) : null));
  }

  /** Cloud of an id such as CKV_AWS_161 or CKV2_AWS_62. */
  private String provider() {
    String[] parts = draft.nativeId().split("_", 3);
    return parts.length < 3 ? null : PROVIDERS.get(parts[1].toUpperCase(Locale.ROOT));
  }

  /** A plan's checks name the module's file; everything else is told from the repository's root. */
  private String path() {
    boolean outside = repositoryPath == null || repositoryPath.contains("..");
    boolean plan = checkType.equals("terraform_plan");
    String path = (plan || outside) && filePath != null ? filePath : repositoryPath;
    return path == null ? "" : paths.of(path);
  }

  /** Why the check was skipped; null where nobody said. */
  String comment() {
    return comment;
  }

  private void field(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "check_id" -> draft.nativeId(json.text());
      case "bc_check_id" -> draft.related(json.text());
      case "check_name" -> draft.title(json.text());
      case "description" -> draft.description(json.text());
      case "severity" -> severity = json.text();
      case "file_path" -> filePath = json.text();
      case "repo_file_path" -> repositoryPath = json.text();
      case "resource" -> resource = json.text();
      case "guideline" -> draft.reference(json.text());
      case "bc_category" -> draft.property("category", json.text());
      case "file_line_range" -> {
        int[] next = {0};
        json.array(
            () -> {
              if (next[0] < 2) {
                lines[next[0]++] = json.integer();
              }
            });
      }
      case "code_block" -> json.array(() -> codeLine(json));
      case "check_result" ->
          json.object(
              part -> {
                if (part.equals("suppress_comment")) {
                  comment = json.text();
                }
              });
      case "vulnerability_details" -> json.object(part -> vulnerability.read(json, part));
      default -> {}
    }
  }

  /** A line is an array of its number and its text. */
  private void codeLine(JsonCursor json) throws IOException, UnreadableReportException {
    json.array(
        () -> {
          if (json.isText()) {
            String text = json.text();
            if (code.length() + text.length() < MOST_CODE) {
              code.append(text);
            }
          }
        });
  }
}
