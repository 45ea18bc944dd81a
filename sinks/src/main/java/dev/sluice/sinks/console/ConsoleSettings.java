package dev.sluice.sinks.console;

import dev.sluice.settings.Setting;

/** What a console sink prints, at {@code sinks.NAME.console}. */
public record ConsoleSettings(
    @Setting(
            value = "AUTO",
            doc = "Colours: AUTO on a terminal unless NO_COLOR is set, ALWAYS or NEVER.")
        Colours colours,
    @Setting(
            value = "true",
            doc =
                "Whether an opened item also says what to do, why, and by when, on further lines.")
        boolean details) {

  /** When to use colours. */
  public enum Colours {
    AUTO,
    ALWAYS,
    NEVER
  }
}
