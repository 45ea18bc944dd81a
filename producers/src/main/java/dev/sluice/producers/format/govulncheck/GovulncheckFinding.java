package dev.sluice.producers.format.govulncheck;

import dev.sluice.events.Reachability;
import java.util.TreeSet;

/**
 * What all messages say of one vulnerability in one module. govulncheck sends a message for the
 * module, one for each vulnerable package that is imported, and one for each vulnerable symbol that
 * is called; the nearest of them counts.
 */
final class GovulncheckFinding {
  /** Most symbols that are named; which ones does not depend on the order of the messages. */
  static final int MOST_SYMBOLS = 10;

  /**
   * One vulnerability in one module.
   *
   * @param osv id of the Go vulnerability database
   * @param module module path, {@code stdlib} or {@code toolchain}
   */
  record Key(String osv, String module) {}

  final Key key;
  private Reachability reachability = Reachability.REQUIRED;
  private String version;
  private String fixedVersion;
  private String calledFrom;
  private boolean published;
  private final TreeSet<String> symbols = new TreeSet<>();

  GovulncheckFinding(Key key) {
    this.key = key;
  }

  /** Takes one more message about it. */
  void add(GovulncheckTrace trace, String fixed) {
    if (trace.reachability().ordinal() < reachability.ordinal()) {
      reachability = trace.reachability();
    }
    version = version == null ? trace.version() : version;
    fixedVersion = fixedVersion == null ? fixed : fixedVersion;
    if (trace.symbol() != null) {
      symbols.add(trace.symbol());
      if (symbols.size() > MOST_SYMBOLS) {
        symbols.pollLast();
      }
    }
    String from = trace.calledFrom();
    if (from != null && (calledFrom == null || from.compareTo(calledFrom) < 0)) {
      calledFrom = from;
    }
  }

  /** Whether it is published only now. */
  boolean publish() {
    boolean first = !published;
    published = true;
    return first;
  }

  Reachability reachability() {
    return reachability;
  }

  /** Version of the module as reported; null where it is not. */
  String version() {
    return version;
  }

  /** First version without it; null where there is none or the report does not say. */
  String fixedVersion() {
    return fixedVersion;
  }

  /** Vulnerable symbols that are called; empty where none is. */
  String symbols() {
    return String.join(", ", symbols);
  }

  /** Place in the scanned code where the way to a vulnerable symbol begins; null if unknown. */
  String calledFrom() {
    return calledFrom;
  }
}
