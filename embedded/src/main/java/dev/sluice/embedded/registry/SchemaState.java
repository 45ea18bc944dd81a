package dev.sluice.embedded.registry;

import dev.sluice.registry.CompatibilityLevel;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is known, built from the log alone. Not safe for use by several threads at once. */
final class SchemaState {
  private final SortedMap<String, SortedMap<Integer, Version>> subjects = new TreeMap<>();
  private final Map<String, Integer> idsBySchema = new HashMap<>();
  private final Map<Integer, String> schemasById = new HashMap<>();
  private final Map<Optional<String>, CompatibilityLevel> levels = new HashMap<>();
  private final Map<Optional<String>, Mode> modes = new HashMap<>();
  private int highestId;

  void apply(Change change) {
    if (change instanceof Change.Put put) {
      put(put.version());
    } else if (change instanceof Change.Drop drop) {
      drop(drop.subject(), drop.version());
    } else if (change instanceof Change.DropSubject drop) {
      List.copyOf(versions(drop.subject())).stream()
          .filter(version -> version.version() <= drop.upTo())
          .forEach(version -> put(version.asDeleted()));
    } else if (change instanceof Change.Level level) {
      set(levels, level.subject(), level.level());
    } else if (change instanceof Change.SetMode mode) {
      set(modes, mode.subject(), mode.mode());
    } else if (change instanceof Change.Given given) {
      highestId = Math.max(highestId, given.id());
    }
  }

  private void put(Version version) {
    subjects
        .computeIfAbsent(version.subject(), s -> new TreeMap<>())
        .put(version.version(), version);
    idsBySchema.putIfAbsent(version.schema(), version.id());
    schemasById.put(version.id(), version.schema());
    highestId = Math.max(highestId, version.id());
  }

  private void drop(String subject, int number) {
    SortedMap<Integer, Version> versions = subjects.get(subject);
    Version dropped = versions == null ? null : versions.remove(number);
    if (dropped == null) {
      return;
    }
    if (versions.isEmpty()) {
      subjects.remove(subject);
    }
    if (all().stream().noneMatch(version -> version.id() == dropped.id())) {
      schemasById.remove(dropped.id());
      idsBySchema.remove(dropped.schema(), dropped.id());
    }
  }

  private static <V> void set(
      Map<Optional<String>, V> map, Optional<String> subject, Optional<V> value) {
    value.ifPresentOrElse(v -> map.put(subject, v), () -> map.remove(subject));
  }

  /** Names of subjects in order, with those that have only deleted versions. */
  Collection<String> subjects() {
    return subjects.keySet();
  }

  /** All versions of a subject in order, deleted ones too; empty if there is no such subject. */
  Collection<Version> versions(String subject) {
    return subjects.getOrDefault(subject, new TreeMap<>()).values();
  }

  /** All versions by subject and number, deleted ones too. */
  List<Version> all() {
    return subjects.values().stream().flatMap(versions -> versions.values().stream()).toList();
  }

  Optional<Integer> idOf(String canonicalSchema) {
    return Optional.ofNullable(idsBySchema.get(canonicalSchema));
  }

  Optional<String> schemaOf(int id) {
    return Optional.ofNullable(schemasById.get(id));
  }

  /** The level of a subject, or with an empty one that of all others, if it was set. */
  Optional<CompatibilityLevel> level(Optional<String> subject) {
    return Optional.ofNullable(levels.get(subject));
  }

  /** The mode of a subject, or with an empty one that of all others, if it was set. */
  Optional<Mode> mode(Optional<String> subject) {
    return Optional.ofNullable(modes.get(subject));
  }

  /** The highest id ever given out; 0 if none. */
  int highestId() {
    return highestId;
  }
}
