package dev.sluice.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * A registry in this JVM, for tests and drivers without a network. It keeps Confluent's rules: ids
 * count from 1 over all subjects, the same schema has the same id everywhere, a version that breaks
 * the subject's compatibility level is refused with 409.
 */
public final class InMemoryRegistry implements RegistryClient {
  private final List<Schema> byId = new ArrayList<>();
  private final Map<String, List<Integer>> subjects = new TreeMap<>();
  private final Map<String, CompatibilityLevel> levels = new HashMap<>();
  private final CompatibilityLevel defaultLevel;

  /**
   * @param defaultLevel for subjects without a level of their own; Confluent's is BACKWARD
   */
  public InMemoryRegistry(CompatibilityLevel defaultLevel) {
    this.defaultLevel = defaultLevel;
  }

  @Override
  public synchronized int register(String subject, Schema schema) {
    List<Integer> ids = subjects.getOrDefault(subject, List.of());
    int known = idIn(ids, schema);
    if (known != 0) {
      return known;
    }
    CompatibilityCheck check = check(subject, schema);
    if (!check.compatible()) {
      throw new RegistryRefusedException(
          "Cannot register "
              + schema.getFullName()
              + " under subject "
              + subject
              + ": it is incompatible: "
              + String.join("; ", check.messages()),
          409,
          409);
    }
    int id = idOf(schema);
    if (id == 0) {
      byId.add(schema);
      id = byId.size();
    }
    subjects.computeIfAbsent(subject, name -> new ArrayList<>()).add(id);
    return id;
  }

  @Override
  public synchronized int idOf(String subject, Schema schema) {
    int id = idIn(ids(subject), schema);
    if (id == 0) {
      throw new RegistryRefusedException(
          "Subject " + subject + " has no version with this schema of " + schema.getFullName(),
          404,
          40403);
    }
    return id;
  }

  @Override
  public synchronized Schema schema(int id) {
    if (id < 1 || id > byId.size()) {
      throw new RegistryRefusedException("There is no schema of id " + id, 404, 40403);
    }
    return byId.get(id - 1);
  }

  @Override
  public synchronized List<String> subjects() {
    return List.copyOf(subjects.keySet());
  }

  @Override
  public synchronized List<Integer> versions(String subject) {
    List<Integer> versions = new ArrayList<>();
    for (int i = 1; i <= subjects.getOrDefault(subject, List.of()).size(); i++) {
      versions.add(i);
    }
    return versions;
  }

  @Override
  public synchronized RegisteredSchema version(String subject, int version) {
    List<Integer> ids = ids(subject);
    if (version < 1 || version > ids.size()) {
      throw new RegistryRefusedException(
          "Subject " + subject + " has no version " + version, 404, 40402);
    }
    int id = ids.get(version - 1);
    return new RegisteredSchema(subject, version, id, byId.get(id - 1));
  }

  @Override
  public synchronized RegisteredSchema latest(String subject) {
    return version(subject, ids(subject).size());
  }

  @Override
  public synchronized CompatibilityCheck check(String subject, Schema schema) {
    List<Schema> released =
        subjects.getOrDefault(subject, List.of()).stream().map(id -> byId.get(id - 1)).toList();
    return compatibility(subject).check(schema, released);
  }

  @Override
  public synchronized CompatibilityLevel compatibility(String subject) {
    return levels.getOrDefault(subject, defaultLevel);
  }

  @Override
  public synchronized void setCompatibility(String subject, CompatibilityLevel level) {
    levels.put(subject, level);
  }

  private List<Integer> ids(String subject) {
    List<Integer> ids = subjects.get(subject);
    if (ids == null) {
      throw new RegistryRefusedException("There is no subject " + subject, 404, 40401);
    }
    return ids;
  }

  private int idIn(List<Integer> ids, Schema schema) {
    return ids.stream().filter(id -> same(byId.get(id - 1), schema)).findFirst().orElse(0);
  }

  private int idOf(Schema schema) {
    for (int i = 0; i < byId.size(); i++) {
      if (same(byId.get(i), schema)) {
        return i + 1;
      }
    }
    return 0;
  }

  /** As the text is, not as the type is: a changed sentence of documentation is a new version. */
  private static boolean same(Schema one, Schema other) {
    return one == other || one.toString().equals(other.toString());
  }
}
