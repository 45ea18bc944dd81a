package dev.sluice.app.knowledge;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.ExitCode;
import dev.sluice.events.SupportMatrix;
import dev.sluice.streams.rules.document.DocumentException;
import dev.sluice.streams.rules.support.SupportMatrixReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;

/** A support matrix on disk: a {@code SECURITY.md}, endoflife.date's JSON, or YAML. */
public final class SupportMatrixFile {
  private static final long LARGEST = 16L << 20;

  private SupportMatrixFile() {}

  /**
   * Reads it; what cannot be read for sure is unknown, with a warning.
   *
   * @param product product that it speaks of
   * @throws CommandFailure if the file cannot be read as text, or is JSON or YAML of another kind
   */
  public static SupportMatrix read(String product, Path file, Clock clock) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new CommandFailure(ExitCode.UNREADABLE, file + ": is too large for a support matrix");
      }
      String name = String.valueOf(file.getFileName());
      return SupportMatrixReader.read(product, name, Files.readString(file), clock.instant());
    } catch (DocumentException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": there is no such file", e);
    } catch (CharacterCodingException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": is not UTF-8 text", e);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": cannot be read", e);
    }
  }
}
