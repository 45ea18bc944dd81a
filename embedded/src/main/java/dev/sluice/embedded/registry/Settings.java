package dev.sluice.embedded.registry;

import dev.sluice.embedded.registry.SchemaStore.Decision;
import dev.sluice.registry.CompatibilityLevel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;

/** Compatibility levels and modes, of single subjects and of all others. */
final class Settings {
  private final SchemaStore store;
  private final CompatibilityLevel defaultLevel;

  Settings(SchemaStore store, CompatibilityLevel defaultLevel) {
    this.store = store;
    this.defaultLevel = defaultLevel;
  }

  /**
   * @param orGlobal answer with what holds for all where the subject has no level of its own
   * @throws Refusal 40408 if the subject has none
   */
  CompatibilityLevel level(Optional<String> subject, boolean orGlobal) {
    return store.read(
        state -> {
          Optional<CompatibilityLevel> own = state.level(subject);
          if (own.isEmpty() && subject.isPresent() && !orGlobal) {
            throw Refusal.of(
                40408,
                "Subject '"
                    + subject.get()
                    + "' does not have subject-level compatibility configured");
          }
          return own.orElseGet(() -> state.level(Optional.empty()).orElse(defaultLevel));
        });
  }

  /**
   * @throws Refusal 42205 if the subject is read-only
   */
  void setLevel(Optional<String> subject, CompatibilityLevel level) {
    store.write(
        state -> {
          requireWritable(state, subject);
          return new Decision<>(List.of(new Change.Level(subject, Optional.of(level))), level);
        });
  }

  /**
   * @return the level that was set
   * @throws Refusal 40401 if the subject has no level of its own, 42205 if it is read-only
   */
  CompatibilityLevel clearLevel(Optional<String> subject) {
    return store.write(
        state -> {
          requireWritable(state, subject);
          Optional<CompatibilityLevel> own = state.level(subject);
          if (own.isEmpty() && subject.isPresent()) {
            throw Refusal.subjectNotFound(subject.get());
          }
          return own.isEmpty()
              ? Decision.nothing(defaultLevel)
              : new Decision<>(List.of(new Change.Level(subject, Optional.empty())), own.get());
        });
  }

  /**
   * @throws Refusal 40409 if the subject has none
   */
  Mode mode(Optional<String> subject, boolean orGlobal) {
    return store.read(
        state -> {
          Optional<Mode> own = state.mode(subject);
          if (own.isEmpty() && subject.isPresent() && !orGlobal) {
            throw Refusal.of(
                40409,
                "Subject '" + subject.get() + "' does not have subject-level mode configured");
          }
          return own.orElseGet(() -> effectiveMode(state, subject));
        });
  }

  void setMode(Optional<String> subject, Mode mode) {
    store.write(
        state -> new Decision<>(List.of(new Change.SetMode(subject, Optional.of(mode))), mode));
  }

  /**
   * @return the mode that was set
   * @throws Refusal 40401 if the subject has no mode of its own
   */
  Mode clearMode(Optional<String> subject) {
    return store.write(
        state -> {
          Optional<Mode> own = state.mode(subject);
          if (own.isEmpty() && subject.isPresent()) {
            throw Refusal.subjectNotFound(subject.get());
          }
          return own.isEmpty()
              ? Decision.nothing(Mode.READWRITE)
              : new Decision<>(List.of(new Change.SetMode(subject, Optional.empty())), own.get());
        });
  }

  /**
   * Compares a schema with one version of a subject, or with those that registering it would.
   *
   * @param number a version, {@link Subjects#LATEST}, or empty
   * @return why it does not fit; empty if it does
   * @throws Refusal 42201 if it is no schema, 40402 if there is no such version
   */
  List<String> check(String subject, String schema, Optional<Integer> number) {
    AvroText text = AvroText.parse(schema);
    return store.read(
        state -> {
          List<Version> live = Subjects.live(state, subject);
          if (number.isPresent() && !(live.isEmpty() && number.get() == Subjects.LATEST)) {
            live = List.of(Subjects.pick(live, number.get()));
          }
          return incompatibilities(state, subject, text, live);
        });
  }

  /**
   * Compares a schema with versions of a subject by the level that holds for it.
   *
   * @param versions in order
   * @return why it does not fit, for people; empty if it does
   */
  List<String> incompatibilities(
      SchemaState state, String subject, AvroText text, List<Version> versions) {
    CompatibilityLevel level =
        state
            .level(Optional.of(subject))
            .or(() -> state.level(Optional.empty()))
            .orElse(defaultLevel);
    SortedMap<Integer, Schema> released = new TreeMap<>();
    versions.forEach(v -> released.put(v.version(), AvroText.stored(v.schema()).schema()));
    List<String> problems = level.check(text.schema(), released).messages();
    return problems.stream().map(problem -> problem + " (" + level + ")").toList();
  }

  /**
   * @throws Refusal 42203 if there is no such level
   */
  static CompatibilityLevel parseLevel(String name) {
    return Arrays.stream(CompatibilityLevel.values())
        .filter(level -> level.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.of(
                    42203,
                    "Invalid compatibility level '"
                        + name
                        + "'. Valid values are "
                        + Arrays.toString(CompatibilityLevel.values())));
  }

  void requireWritable(SchemaState state, String subject) {
    requireWritable(state, Optional.of(subject));
  }

  private void requireWritable(SchemaState state, Optional<String> subject) {
    if (effectiveMode(state, subject) == Mode.READONLY) {
      throw Refusal.notPermitted(
          subject.map(s -> "Subject " + s).orElse("The registry")
              + " is in read-only mode; set its mode to READWRITE first");
    }
  }

  private static Mode effectiveMode(SchemaState state, Optional<String> subject) {
    return state.mode(subject).or(() -> state.mode(Optional.empty())).orElse(Mode.READWRITE);
  }
}
