package dev.sluice.producers.format;

import dev.sluice.producers.format.json.JsonOutline;
import dev.sluice.producers.report.ReportHead;

/** Says what an unknown report looks like, without quoting it. */
final class HeadDescription {
  private static final String EMPTY_ARRAY =
      "holds only an empty array, as several scanners write when they find nothing";

  private HeadDescription() {}

  private static boolean isEmptyArray(String text) {
    return text.substring(1).strip().equals("]");
  }

  static String of(ReportHead head) {
    JsonOutline outline = JsonOutline.of(head);
    String text = head.text().stripLeading();
    return switch (outline.root()) {
      case NOTHING -> "is empty";
      case NULL -> "holds only the literal null, as several scanners write when they find nothing";
      case OTHER -> "holds a single JSON value and no report";
      case ARRAY -> isEmptyArray(text) ? EMPTY_ARRAY : json(outline);
      case OBJECT -> json(outline);
      case TEXT -> text(text);
    };
  }

  private static String json(JsonOutline outline) {
    if (outline.has("runs") && outline.value("version").startsWith("1.")) {
      return "is SARIF "
          + outline.value("version").replaceAll("[^0-9.]", "")
          + "; only 2.1.0 is read, so convert it or update the scanner";
    }
    if (outline.value("@context").startsWith("https://openvex.dev/ns")) {
      return "is an OpenVEX document of somebody who did not scan; it withholds findings and reports"
          + " none";
    }
    if (outline.has("security_advisory.ghsa_id")) {
      return "is an advisory of GitHub's global database, which names no repository that it affects";
    }
    if (outline.hasAll("class_uid", "metadata.product")) {
      return "holds OCSF events of another class than Vulnerability Finding (2002)";
    }
    if (outline.has("sender.login") && outline.has("repository.full_name")) {
      return "is a webhook of GitHub's that carries no finding";
    }
    if (outline.hasAll("check_name", "fingerprint", "location.path")) {
      return "is a Code Quality report of GitLab's, which names neither package nor id; publish the"
          + " scanner's own report";
    }
    if (outline.root() == JsonOutline.Root.ARRAY) {
      return "is a JSON array of an unknown format";
    }
    return "is JSON of an unknown format";
  }

  private static String text(String text) {
    if (text.startsWith("<")) {
      boolean html =
          text.regionMatches(true, 0, "<!doctype html", 0, 14)
              || text.regionMatches(true, 0, "<html", 0, 5);
      return html ? "looks like a web page" : "looks like XML";
    }
    if (text.startsWith("{") || (text.startsWith("[") && !text.contains("\n{"))) {
      return "starts like JSON and is not valid";
    }
    if (text.startsWith("PK\u0003\u0004")) {
      return "is a zip archive; unpack it first";
    }
    if (text.indexOf('\u0000') >= 0 || text.indexOf('\ufffd') >= 0) {
      return "looks like binary data";
    }
    int brace = text.indexOf("\n{");
    brace = brace < 0 ? text.indexOf(" {\"") : brace;
    if (brace >= 0) {
      long lines = text.substring(0, brace + 1).lines().count();
      return "does not start with JSON: "
          + lines
          + (lines == 1 ? " line" : " lines")
          + " of other text come before it; redirect only the scanner's standard output into the"
          + " report, not its log";
    }
    return "looks like plain text";
  }
}
