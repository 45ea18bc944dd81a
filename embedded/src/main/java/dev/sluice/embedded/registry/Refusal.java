package dev.sluice.embedded.registry;

/**
 * A request that is answered with an error: HTTP status, Confluent's error code, and the reason.
 */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;

  private Refusal(int code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** Confluent's error code, for example 40401; its first three digits are the HTTP status. */
  int code() {
    return code;
  }

  int status() {
    return code > 999 ? code / 100 : code;
  }

  static Refusal of(int code, String message) {
    return new Refusal(code, message);
  }

  static Refusal subjectNotFound(String subject) {
    return new Refusal(40401, "Subject '" + subject + "' not found.");
  }

  static Refusal versionNotFound(int version) {
    return new Refusal(40402, "Version " + version + " not found.");
  }

  static Refusal schemaNotFound() {
    return new Refusal(40403, "Schema not found");
  }

  static Refusal schemaNotFound(int id) {
    return new Refusal(40403, "Schema " + id + " not found");
  }

  static Refusal invalidSchema(String reason) {
    return new Refusal(42201, reason);
  }

  static Refusal notPermitted(String reason) {
    return new Refusal(42205, reason);
  }
}
