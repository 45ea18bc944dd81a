package dev.sluice.embedded.registry;

import java.util.Arrays;

/** Whether a subject, or all of them, take new versions. */
enum Mode {
  READWRITE,
  READONLY;

  /**
   * @throws Refusal 42204 if there is no such mode, or this registry has none like it
   */
  static Mode parse(String name) {
    return Arrays.stream(values())
        .filter(mode -> mode.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.of(
                    42204,
                    "Invalid mode '" + name + "'. This registry has READWRITE and READONLY"));
  }
}
