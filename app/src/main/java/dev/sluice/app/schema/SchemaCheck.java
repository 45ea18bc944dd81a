package dev.sluice.app.schema;

import dev.sluice.app.schema.SchemaState.Standing;
import dev.sluice.registry.CompatibilityCheck;
import dev.sluice.registry.RegisteredSchema;
import dev.sluice.registry.RegistryClient;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.serde.ContractSchema;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.topics.Topic;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** This release's schemas against a registry. */
public final class SchemaCheck {
  private final String prefix;
  private final AvroSerdes serdes;
  private final RegistryClient registry;

  /**
   * @param prefix of topics
   * @throws org.apache.kafka.common.config.ConfigException if a setting is wrong
   */
  public SchemaCheck(String prefix, RegistrySettings settings) {
    this.prefix = prefix;
    this.serdes = AvroSerdes.of(settings);
    this.registry = serdes.registry();
  }

  /**
   * How each subject stands, in the order of the flow.
   *
   * @throws dev.sluice.registry.RegistryException if the registry cannot be asked
   */
  public List<SchemaState> check(Collection<Realm> realms) {
    List<String> known = registry.subjects();
    List<SchemaState> states = new ArrayList<>();
    schemas(realms).forEach((subject, schema) -> states.add(state(subject, schema, known)));
    return states;
  }

  /**
   * Registers what is missing, unless the registry would refuse any of them; then nothing.
   *
   * @return how each subject stands afterwards
   * @throws dev.sluice.registry.RegistryException if the registry cannot be asked, or refuses
   */
  public List<SchemaState> register(Collection<Realm> realms) {
    List<SchemaState> before = check(realms);
    if (before.stream().anyMatch(state -> state.standing() == Standing.INCOMPATIBLE)) {
      return before;
    }
    Map<String, Schema> schemas = schemas(realms);
    before.stream()
        .filter(state -> state.standing() != Standing.REGISTERED)
        .forEach(state -> registry.register(state.subject(), schemas.get(state.subject())));
    return check(realms);
  }

  private Map<String, Schema> schemas(Collection<Realm> realms) {
    Map<String, Schema> schemas = new LinkedHashMap<>();
    for (Realm realm : realms) {
      for (Topic<?> topic : Topics.all()) {
        Schema schema = ContractSchema.of(SpecificData.get().getSchema(topic.value()));
        schemas.put(serdes.subject(Topics.name(prefix, realm, topic), schema), schema);
      }
    }
    return schemas;
  }

  private SchemaState state(String subject, Schema schema, List<String> known) {
    if (!known.contains(subject)) {
      return new SchemaState(subject, Standing.MISSING, null, null, null, List.of());
    }
    String level = registry.compatibility(subject).name();
    for (int version : registry.versions(subject)) {
      RegisteredSchema there = registry.version(subject, version);
      if (there.schema().equals(schema)) {
        return new SchemaState(subject, Standing.REGISTERED, version, there.id(), level, List.of());
      }
    }
    CompatibilityCheck check = registry.check(subject, schema);
    return new SchemaState(
        subject,
        check.compatible() ? Standing.COMPATIBLE : Standing.INCOMPATIBLE,
        null,
        null,
        level,
        check.messages());
  }
}
