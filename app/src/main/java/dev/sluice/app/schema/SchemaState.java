package dev.sluice.app.schema;

import java.util.List;

/**
 * One of our schemas and its subject in the registry.
 *
 * @param version number of the version, if the subject has this very schema
 * @param id the schema's id, likewise
 * @param level the subject's compatibility level; null for a subject that does not exist
 * @param against what stands against registering it, for people
 */
public record SchemaState(
    String subject,
    Standing standing,
    Integer version,
    Integer id,
    String level,
    List<String> against) {

  public SchemaState {
    against = List.copyOf(against);
  }

  /** What the registry would make of it. */
  public enum Standing {
    /** It has this very schema. */
    REGISTERED,
    /** The subject does not exist yet. */
    MISSING,
    /** It would take the schema as the next version. */
    COMPATIBLE,
    /** It would refuse the schema. */
    INCOMPATIBLE
  }
}
