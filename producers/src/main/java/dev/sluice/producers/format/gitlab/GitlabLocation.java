package dev.sluice.producers.format.gitlab;

import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;

/** {@code location} of a vulnerability, which each sort of scan fills in another way. */
final class GitlabLocation {
  String file;
  Integer startLine;
  Integer endLine;
  String className;
  String method;
  String packageName;
  String packageVersion;
  Boolean direct;
  String operatingSystem;
  String resource;
  String commit;
  String host;
  String path;
  String parameter;

  void read(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "file" -> file = json.text();
      case "start_line" -> startLine = positive(json.integer());
      case "end_line" -> endLine = positive(json.integer());
      case "class" -> className = json.text();
      case "method" -> method = json.text();
      case "operating_system" -> operatingSystem = json.text();
      case "hostname" -> host = json.text();
      case "path" -> path = json.text();
      case "param" -> parameter = json.text();
      case "dependency" -> json.object(part -> dependency(json, part));
      case "kubernetes_resource" ->
          json.object(
              part -> {
                if (part.equals("name")) {
                  resource = json.text();
                }
              });
      case "commit" ->
          json.object(
              part -> {
                if (part.equals("sha")) {
                  commit = json.text();
                }
              });
      default -> {}
    }
  }

  private void dependency(JsonCursor json, String part)
      throws IOException, UnreadableReportException {
    switch (part) {
      case "version" -> packageVersion = json.scalar();
      case "direct" -> direct = json.bool();
      case "package" ->
          json.object(
              name -> {
                if (name.equals("name")) {
                  packageName = json.text();
                }
              });
      default -> {}
    }
  }

  boolean hasPackage() {
    return packageName != null && !packageName.isBlank();
  }

  /** Class and method, or what of a request is concerned; null where neither is said. */
  String symbol() {
    if (host != null) {
      return parameter == null ? method : (method == null ? "" : method + " ") + parameter;
    }
    return className == null ? method : method == null ? className : className + "." + method;
  }

  private static Integer positive(Integer number) {
    return number == null || number < 1 ? null : number;
  }
}
