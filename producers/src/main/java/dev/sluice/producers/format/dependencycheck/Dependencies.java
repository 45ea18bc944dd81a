package dev.sluice.producers.format.dependencycheck;

import dev.sluice.events.Component;
import dev.sluice.events.Directness;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.Purls;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.TextLimits;
import dev.sluice.producers.report.ReportHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The dependency that is being read, and its vulnerabilities until it is read to its end. */
final class Dependencies {
  /** Most vulnerabilities that wait for the rest of their dependency. */
  private static final int MOST = 2_000;

  private final ReportHandler handler;
  private final RepositoryPaths paths;
  private final ReaderSettings settings;
  private final List<Vulnerability> waiting = new ArrayList<>();
  private final List<String> places = new ArrayList<>();
  private String fileName;
  private String purl;
  private long count;

  Dependencies(ReaderSettings settings, ReportHandler handler) {
    this.settings = settings;
    this.handler = handler;
    this.paths = new RepositoryPaths(settings.checkoutRoots());
  }

  void begin() {
    count++;
    waiting.clear();
    places.clear();
    fileName = null;
    purl = null;
  }

  /** Number of dependencies that were looked at. */
  long count() {
    return count;
  }

  void fileName(String text) {
    fileName = text == null ? null : text.strip();
  }

  void place(String file) {
    if (file != null && !file.isBlank() && places.size() < TextLimits.PLACES) {
      places.add(paths.of(file));
    }
  }

  /** The first identifier that is a package URL counts. */
  void identifier(String id) {
    if (purl == null && id != null && id.strip().startsWith("pkg:")) {
      purl = id.strip();
    }
  }

  Vulnerability vulnerability() {
    return new Vulnerability(new ObservationDraft(settings.redactor()));
  }

  /** Whether the vulnerability could be told from others. */
  boolean add(Vulnerability each) throws IOException {
    if (!each.identified()) {
      return false;
    }
    waiting.add(each);
    if (waiting.size() >= MOST) {
      end();
    }
    return true;
  }

  void end() throws IOException {
    for (Vulnerability each : waiting) {
      handler.observation(each.draft(component()).build());
    }
    waiting.clear();
  }

  private Component component() {
    String type = Purls.typeOf(purl);
    String version = null;
    int at = purl == null ? -1 : purl.lastIndexOf('@');
    if (at > nameBegins(at)) {
      version = purl.substring(at + 1).replaceFirst("[?#].*", "");
    }
    String name = purl == null ? fileName : Purls.nameOf(purl);
    return new Component(
        purl,
        name == null || name.isBlank() ? "unnamed" : name,
        version,
        type == null ? "" : type,
        null,
        null,
        null,
        null,
        null,
        Directness.UNKNOWN,
        new ArrayList<>(places),
        places.size());
  }

  /** Where the name begins: an at sign before it is a namespace of npm. */
  private int nameBegins(int at) {
    return at < 0 ? at : purl.lastIndexOf('/');
  }
}
