package dev.sluice.producers.format;

import dev.sluice.events.Scanner;
import dev.sluice.events.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;

/** Scanners and empty scopes as the facts of a scan hold them. */
public final class Scanners {
  private Scanners() {}

  /** A scanner; its name in lower case, everything but the name may be null. */
  public static Scanner of(String name, String version, String database, Instant databaseBuilt) {
    return new Scanner(
        TextLimits.cutIdentity(name.strip().toLowerCase(Locale.ROOT), TextLimits.ID),
        TextLimits.cut(version, TextLimits.VERSION),
        TextLimits.cut(database, TextLimits.VERSION),
        databaseBuilt);
  }

  /** A scope of which nothing is known yet. */
  public static Scope everything() {
    return new Scope(null, new ArrayList<>(), null, new ArrayList<>(), null, new ArrayList<>());
  }
}
