package dev.sluice.producers.gateway;

import io.javalin.http.Context;
import java.util.regex.Pattern;

/** Headers that must be there. */
final class Headers {
  /** So that with a prefix it is the id of a scan. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");

  private Headers() {}

  /**
   * An id or a name.
   *
   * @throws ProblemException if it is missing, or is none
   */
  static String name(Context ctx, String header) {
    String value = ctx.header(header);
    if (value == null || !NAME.matcher(value.strip()).matches()) {
      throw new ProblemException(
          Problem.badRequest(
              "the header "
                  + header
                  + " must hold 1 to 80 letters, digits, dots, _ and -; send it as the webhook's"
                  + " sender does"));
    }
    return value.strip();
  }
}
