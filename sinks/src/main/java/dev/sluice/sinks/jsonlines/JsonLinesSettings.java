package dev.sluice.sinks.jsonlines;

import dev.sluice.settings.Setting;
import java.nio.file.Path;

/** Where a jsonlines sink writes, at {@code sinks.NAME.jsonlines}. */
public record JsonLinesSettings(
    @Setting(doc = "File to append to, for example /var/lib/sluice/events.jsonl.") Path path,
    @Setting(
            value = "ALWAYS",
            doc =
                "ALWAYS: an event counts as delivered once it is on the disk. OS: once the operating system has it; a power cut can lose some.")
        Sync sync,
    @Setting(
            value = "104857600",
            doc = "Bytes after which the file is renamed to PATH.000001 and so on; 0 for never.")
        long rotateBytes,
    @Setting(value = "0", doc = "Renamed files to keep; the oldest are deleted. 0 keeps all.")
        int keepFiles) {

  /** When an event counts as written. */
  public enum Sync {
    ALWAYS,
    OS
  }
}
