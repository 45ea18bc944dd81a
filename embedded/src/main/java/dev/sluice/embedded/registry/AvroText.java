package dev.sluice.embedded.registry;

import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * An Avro schema as the registry compares it: parsed and written again, which drops white space and
 * the order of attributes but keeps docs, defaults, aliases and properties. Two texts that are
 * equal so are one schema and have one id.
 *
 * @param schema the parsed schema
 * @param canonical the text that is compared, stored and served
 */
record AvroText(Schema schema, String canonical) {

  /**
   * Parses what a client wants to register.
   *
   * @throws Refusal 42201 if it is no valid Avro schema
   */
  static AvroText parse(String text) {
    if (text == null || text.isBlank()) {
      throw Refusal.invalidSchema("Empty schema");
    }
    try {
      return of(new Schema.Parser().parse(text));
    } catch (SchemaParseException e) {
      throw invalid(e);
    } catch (AvroRuntimeException e) {
      throw invalid(e);
    }
  }

  /** Parses what was registered earlier, perhaps by a registry that was less strict. */
  static AvroText stored(String text) {
    return of(new Schema.Parser().setValidateDefaults(false).parse(text));
  }

  private static AvroText of(Schema schema) {
    return new AvroText(schema, schema.toString());
  }

  private static Refusal invalid(RuntimeException e) {
    return Refusal.invalidSchema("Invalid Avro schema: " + e.getMessage());
  }
}
