package dev.sluice.embedded.registry;

import dev.sluice.embedded.registry.SchemaStore.Decision;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Registers schemas and finds them. */
final class Subjects {
  /** What clients write for the newest version: {@code latest}, or -1. */
  static final int LATEST = -1;

  private final SchemaStore store;
  private final Settings settings;

  Subjects(SchemaStore store, Settings settings) {
    this.store = store;
    this.settings = settings;
  }

  /**
   * Adds a version to a subject, or finds it there.
   *
   * @param version the version that it is to become; 0 or less for the next one
   * @throws Refusal 42201 if it is no schema, 409 if it does not fit, 42205 if nothing may be added
   */
  Version register(String subject, String schema, int version) {
    AvroText text = AvroText.parse(schema);
    return store.write(state -> register(state, subject, text, version));
  }

  private Decision<Version> register(SchemaState state, String subject, AvroText text, int wanted) {
    List<Version> live = live(state, subject);
    Optional<Version> same = withSchema(live, text);
    if (same.isPresent()) {
      return Decision.nothing(same.get());
    }
    settings.requireWritable(state, subject);
    int next = state.versions(subject).stream().mapToInt(Version::version).max().orElse(0) + 1;
    if (wanted > 0 && wanted != next) {
      throw Refusal.invalidSchema(
          "Version is not one more than previous version: next is " + next + ", not " + wanted);
    }
    List<String> problems = settings.incompatibilities(state, subject, text, live);
    if (!problems.isEmpty()) {
      throw Refusal.of(
          409,
          "Schema being registered is incompatible with an earlier schema for subject \""
              + subject
              + "\", details: "
              + problems);
    }
    int id = state.idOf(text.canonical()).orElse(state.highestId() + 1);
    Version added = new Version(subject, next, id, text.canonical(), false);
    return new Decision<>(List.of(new Change.Put(added)), added);
  }

  /**
   * Finds the version of a subject that has this schema.
   *
   * @throws Refusal 40401 if there is no such subject, 40403 if it has no such version
   */
  Version lookUp(String subject, String schema, boolean withDeleted) {
    AvroText text = AvroText.parse(schema);
    return store.read(
        state ->
            withSchema(require(state, subject, withDeleted), text)
                .orElseThrow(Refusal::schemaNotFound));
  }

  List<String> names(String prefix, boolean withDeleted) {
    return store.read(
        state ->
            state.subjects().stream()
                .filter(subject -> subject.startsWith(prefix))
                .filter(subject -> withDeleted || !live(state, subject).isEmpty())
                .toList());
  }

  /**
   * @throws Refusal 40401 if there is no such subject
   */
  List<Integer> versions(String subject, boolean withDeleted) {
    return store.read(
        state -> require(state, subject, withDeleted).stream().map(Version::version).toList());
  }

  /**
   * @param number a version, or {@link #LATEST}
   * @throws Refusal 40401 if there is no such subject, 40402 if there is no such version
   */
  Version version(String subject, int number, boolean withDeleted) {
    return store.read(state -> pick(require(state, subject, withDeleted), number));
  }

  /** Versions of all subjects whose name starts so; of each only the newest if asked. */
  List<Version> all(String prefix, boolean withDeleted, boolean latestOnly) {
    return store.read(
        state ->
            state.subjects().stream()
                .filter(subject -> subject.startsWith(prefix))
                .flatMap(
                    subject -> {
                      List<Version> found = visible(state, subject, withDeleted);
                      return latestOnly && !found.isEmpty()
                          ? found.subList(found.size() - 1, found.size()).stream()
                          : found.stream();
                    })
                .toList());
  }

  /**
   * The schema with this id, of deleted versions too: their records are still about.
   *
   * @throws Refusal 40403 if no version has this id
   */
  String schema(int id) {
    return store.read(state -> state.schemaOf(id).orElseThrow(() -> Refusal.schemaNotFound(id)));
  }

  /**
   * @throws Refusal 40403 if no version has this id
   */
  List<Version> versionsWith(int id, boolean withDeleted) {
    return store.read(
        state -> {
          if (state.schemaOf(id).isEmpty()) {
            throw Refusal.schemaNotFound(id);
          }
          return state.all().stream()
              .filter(version -> version.id() == id && (withDeleted || !version.deleted()))
              .toList();
        });
  }

  static List<Version> live(SchemaState state, String subject) {
    return visible(state, subject, false);
  }

  static List<Version> visible(SchemaState state, String subject, boolean withDeleted) {
    return state.versions(subject).stream().filter(v -> withDeleted || !v.deleted()).toList();
  }

  static List<Version> require(SchemaState state, String subject, boolean withDeleted) {
    List<Version> versions = visible(state, subject, withDeleted);
    if (versions.isEmpty()) {
      throw Refusal.subjectNotFound(subject);
    }
    return versions;
  }

  static Version pick(List<Version> versions, int number) {
    return versions.stream()
        .filter(version -> number == LATEST || version.version() == number)
        .max(Comparator.comparingInt(Version::version))
        .orElseThrow(() -> Refusal.versionNotFound(number));
  }

  private static Optional<Version> withSchema(List<Version> versions, AvroText text) {
    return versions.stream()
        .filter(version -> version.schema().equals(text.canonical()))
        .max(Comparator.comparingInt(Version::version));
  }
}
