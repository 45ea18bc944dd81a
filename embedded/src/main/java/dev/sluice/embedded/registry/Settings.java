package dev.sluice.embedded.registry;

import dev.sluice.embedded.registry.SchemaStore.Decision;
import java.util.List;
import java.util.Optional;

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
          return effectiveLevel(state, subject).check(text.schema(), live);
        });
  }

  CompatibilityLevel effectiveLevel(SchemaState state, String subject) {
    return state
        .level(Optional.of(subject))
        .or(() -> state.level(Optional.empty()))
        .orElse(defaultLevel);
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
