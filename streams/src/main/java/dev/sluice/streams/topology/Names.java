package dev.sluice.streams.topology;

import java.util.List;

/**
 * Names of processors and stores. They are part of what an upgrade must keep: a test holds them.
 */
final class Names {
  static final String OBSERVED = "observed-source";
  static final String ASSETS = "assets-source";
  static final String KNOWLEDGE = "knowledge-source";
  static final String APPLY = "apply";
  static final String FINDINGS = "findings-sink";
  static final String ITEMS = "items-sink";
  static final String ACTIONABLE = "actionable-sink";
  static final String DECISIONS = "decisions-sink";
  static final String SCANS = "scans-sink";
  static final String DISCLOSED = "disclosed-sink";
  static final String DEAD_LETTERS = "dead-letters-sink";

  static final String SEEN = "seen";
  static final String STAGING = "staging";
  static final String FACTS = "facts";
  static final String ORDER = "order";
  static final List<String> STORES = List.of(SEEN, STAGING, FACTS, ORDER);

  private Names() {}

  /** Global store of a kind of reference data, its source and its processor. */
  static String library(String kind) {
    return "library-" + kind;
  }

  static String librarySource(String kind) {
    return "library-" + kind + "-source";
  }

  static String librarian(String kind) {
    return "library-" + kind + "-reader";
  }
}
