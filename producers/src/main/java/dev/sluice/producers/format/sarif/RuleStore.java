package dev.sluice.producers.format.sarif;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rules of all runs. */
final class RuleStore implements Closeable {
  private final List<Map<Long, SarifRule>> byPlace = new ArrayList<>();
  private final List<Map<String, SarifRule>> byId = new ArrayList<>();

  int newRun() {
    byPlace.add(new HashMap<>());
    byId.add(new HashMap<>());
    return byPlace.size() - 1;
  }

  void add(int run, int component, int index, SarifRule rule) throws IOException {
    byPlace.get(run).put(((long) component << 32) + index, rule);
    if (rule.id() != null) {
      byId.get(run).putIfAbsent(rule.id(), rule);
    }
  }

  SarifRule at(int run, int component, int index) throws IOException {
    return byPlace.get(run).get(((long) component << 32) + index);
  }

  SarifRule byId(int run, String id) throws IOException {
    return byId.get(run).get(id);
  }

  @Override
  public void close() throws IOException {
    byPlace.clear();
  }
}
