package dev.sluice.embedded.registry;

import dev.sluice.registry.CompatibilityLevel;
import java.util.Optional;

/** One record of the log. A subject that is empty stands for all subjects. */
sealed interface Change {
  /** A version was added or softly deleted. */
  record Put(Version version) implements Change {}

  /** A version was deleted for good. */
  record Drop(String subject, int version) implements Change {}

  /** Up to this version, all versions of a subject were softly deleted; Confluent writes it so. */
  record DropSubject(String subject, int upTo) implements Change {}

  /** A level was set, or taken back. */
  record Level(Optional<String> subject, Optional<CompatibilityLevel> level) implements Change {}

  /** A mode was set, or taken back. */
  record SetMode(Optional<String> subject, Optional<Mode> mode) implements Change {}

  /** Ids up to this one were given out, though no version may have the highest any more. */
  record Given(int id) implements Change {}

  /** Nothing that matters to us. */
  record Nothing() implements Change {}
}
