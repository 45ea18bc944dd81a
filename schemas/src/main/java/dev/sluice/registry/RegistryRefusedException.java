package dev.sluice.registry;

/** The registry answered, and the answer is no. Asking again will not help. */
public final class RegistryRefusedException extends RegistryException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final int code;

  /**
   * @param status HTTP status
   * @param code the registry's own error code, for example 40403 for an unknown schema; 0 if none
   */
  public RegistryRefusedException(String message, int status, int code) {
    super(message, null);
    this.status = status;
    this.code = code;
  }

  /** HTTP status, for example 404, 409 for an incompatible schema, 422 for an invalid one. */
  public int status() {
    return status;
  }

  /** The registry's own error code; 0 if it gave none. */
  public int code() {
    return code;
  }

  /** Whether there is no such subject, version or schema. */
  public boolean notFound() {
    return status == 404;
  }
}
