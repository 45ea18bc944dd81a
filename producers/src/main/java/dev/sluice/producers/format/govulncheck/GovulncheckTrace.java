package dev.sluice.producers.format.govulncheck;

import dev.sluice.events.Reachability;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.TextLimits;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;

/**
 * One way to a vulnerability. The first frame is the vulnerable end; how much of it is filled in
 * says how near the code comes (golang.org/x/vuln, internal/govulncheck, type Finding).
 */
final class GovulncheckTrace {
  private final RepositoryPaths paths;
  private String module;
  private String version;
  private String packagePath;
  private String receiver;
  private String function;
  private String file;
  private Integer line;
  private int frames;

  GovulncheckTrace(RepositoryPaths paths) {
    this.paths = paths;
  }

  void read(JsonCursor json) throws IOException, UnreadableReportException {
    json.objects(
        () -> {
          frames++;
          file = null;
          line = null;
          json.object(field -> frame(json, field));
        });
  }

  private void frame(JsonCursor json, String field) throws IOException, UnreadableReportException {
    boolean first = frames == 1;
    switch (field) {
      case "module" -> module = first ? json.text() : module;
      case "version" -> version = first ? json.text() : version;
      case "package" -> packagePath = first ? json.text() : packagePath;
      case "receiver" -> receiver = first ? json.text() : receiver;
      case "function" -> function = first ? json.text() : function;
      case "position" -> json.object(part -> position(json, part));
      default -> {}
    }
  }

  private void position(JsonCursor json, String part) throws IOException {
    switch (part) {
      case "filename" -> file = json.text();
      case "line" -> line = json.integer();
      default -> {}
    }
  }

  /** What the format of before 1.0 says in one entry. */
  static GovulncheckTrace legacy(
      String module, String packagePath, String symbol, boolean called, boolean imported) {
    GovulncheckTrace trace = new GovulncheckTrace(null);
    trace.module = module;
    trace.packagePath = called || imported ? packagePath : null;
    trace.function = called ? symbol : null;
    return trace;
  }

  /** Path of the vulnerable module, cut to its limit; null where it is missing. */
  String module() {
    return blankToNull(TextLimits.cutIdentity(module, TextLimits.ID));
  }

  String version() {
    return blankToNull(TextLimits.cutIdentity(version, TextLimits.VERSION));
  }

  Reachability reachability() {
    if (blankToNull(function) != null) {
      return Reachability.CALLED;
    }
    return blankToNull(packagePath) != null ? Reachability.IMPORTED : Reachability.REQUIRED;
  }

  /** The vulnerable symbol as Go writes it, {@code net/http.Server.Serve}; null if not called. */
  String symbol() {
    if (blankToNull(function) == null) {
      return null;
    }
    StringBuilder symbol = new StringBuilder(packagePath == null ? "" : packagePath + ".");
    if (blankToNull(receiver) != null && !function.startsWith(receiver + ".")) {
      symbol.append(receiver.startsWith("*") ? receiver.substring(1) : receiver).append('.');
    }
    return TextLimits.cut(symbol.append(function).toString(), TextLimits.ID);
  }

  /** File and line of the last frame, which is the code that was scanned; null if not known. */
  String calledFrom() {
    if (frames < 2 || blankToNull(file) == null) {
      return null;
    }
    String path = paths.of(file);
    return TextLimits.cut(line == null ? path : path + ":" + line, TextLimits.PROPERTY);
  }

  private static String blankToNull(String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
