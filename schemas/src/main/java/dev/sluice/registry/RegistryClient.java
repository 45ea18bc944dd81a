package dev.sluice.registry;

import java.util.List;
import org.apache.avro.Schema;

/**
 * A Schema Registry. All methods may be called by several threads at once, and fail with a {@link
 * RegistryException}: {@link RegistryUnavailableException} where trying again may help, {@link
 * RegistryRefusedException} where it will not.
 */
public interface RegistryClient {

  /**
   * Registers a schema under a subject, or finds it there.
   *
   * @return the schema's id, the same in every subject that has this very schema
   */
  int register(String subject, Schema schema);

  /** Id of a schema that the subject already has; refused as not found if it does not. */
  int idOf(String subject, Schema schema);

  /** The schema of an id, with its references resolved. */
  Schema schema(int id);

  /** Every subject that has a version. */
  List<String> subjects();

  /** Version numbers of a subject in ascending order; empty if there is no such subject. */
  List<Integer> versions(String subject);

  /** One version of a subject. */
  RegisteredSchema version(String subject, int version);

  /** The newest version of a subject. */
  RegisteredSchema latest(String subject);

  /** Whether the subject's compatibility level would allow the schema as its next version. */
  CompatibilityCheck check(String subject, Schema schema);

  /** Compatibility level of a subject: its own or, where it has none, the registry's. */
  CompatibilityLevel compatibility(String subject);

  /** Sets a subject's own compatibility level. */
  void setCompatibility(String subject, CompatibilityLevel level);
}
