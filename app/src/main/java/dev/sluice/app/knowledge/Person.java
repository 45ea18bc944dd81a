package dev.sluice.app.knowledge;

import java.util.Locale;

/**
 * Who changes reference data.
 *
 * @param name as the person says
 * @param account of the operating system
 * @param reason why, or null
 */
public record Person(String name, String account, String reason) {

  /** A person under the account that runs this process. */
  public static Person here(String nameOrNull, String reason) {
    String account = System.getProperty("user.name");
    return new Person(nameOrNull == null ? account : nameOrNull, account, reason);
  }

  /** Whether this is the person of that name, however it is written. */
  boolean is(String other) {
    return name.strip().toLowerCase(Locale.ROOT).equals(other.strip().toLowerCase(Locale.ROOT));
  }
}
