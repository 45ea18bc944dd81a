package dev.sluice.app.settings;

import dev.sluice.settings.Setting;

/** How logs are written, on standard error. */
public record LogSettings(
    @Setting(value = "text", doc = "text is for people; json is one object a line, for programs.")
        Format format) {

  /** Of a log line. */
  public enum Format {
    TEXT,
    JSON
  }

  public LogSettings {
    format = format == null ? Format.TEXT : format;
  }
}
