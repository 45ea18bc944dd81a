package dev.sluice.embedded.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A log that survives for as long as the test, and writes what Kafka would be given. */
final class MemoryLog implements SchemaLog {
  private final List<ChangeJson.Text> written = new ArrayList<>();
  private boolean full;

  @Override
  public void replay(Consumer<Change> reader) {
    written.stream().map(ChangeJson::read).forEach(reader);
  }

  @Override
  public void append(List<Change> changes) {
    if (full) {
      throw Refusal.of(50001, "the log is full");
    }
    changes.stream().map(ChangeJson::write).forEach(written::add);
  }

  void fill() {
    full = true;
  }

  /** What compaction leaves: the last value of each key, and no tombstones. */
  void compact() {
    List<ChangeJson.Text> kept = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      String key = written.get(i).key();
      boolean last =
          written.subList(i + 1, written.size()).stream().noneMatch(t -> t.key().equals(key));
      if (last && written.get(i).value() != null) {
        kept.add(written.get(i));
      }
    }
    written.clear();
    written.addAll(kept);
  }

  void write(String key, String value) {
    written.add(new ChangeJson.Text(key, value));
  }

  List<ChangeJson.Text> written() {
    return List.copyOf(written);
  }

  @Override
  public void close() {}
}
