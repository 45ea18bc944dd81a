package dev.sluice.producers.publish;

import java.util.ArrayList;
import java.util.List;

/** The first warnings of a scan, and how many there were. */
final class WarningLog {
  /** Most warnings that are kept, the line that counts the others included. */
  static final int LIMIT = 50;

  private static final int MAX_TEXT = 500;

  private final List<String> first = new ArrayList<>();
  private long count;

  void add(String warning) {
    count++;
    if (first.size() < LIMIT) {
      first.add(warning.length() <= MAX_TEXT ? warning : warning.substring(0, MAX_TEXT - 1) + "…");
    }
  }

  void addAll(WarningLog other) {
    other.first.forEach(this::add);
    count += other.count - other.first.size();
  }

  List<String> toList() {
    if (count <= first.size()) {
      return List.copyOf(first);
    }
    List<String> list = new ArrayList<>(first.subList(0, LIMIT - 1));
    list.add("and " + (count - (LIMIT - 1)) + " more warnings");
    return list;
  }

  void clear() {
    first.clear();
    count = 0;
  }
}
