package dev.sluice.app.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Messages about reports. */
final class ReportErrors {
  private ReportErrors() {}

  /** The message with the file as the user wrote it in front, once. */
  static String named(String file, String message) {
    if (message.startsWith(file)) {
      return message;
    }
    String name = file.equals(ReportFiles.STDIN) ? "standard input" : fileName(file);
    return message.startsWith(name + ":")
        ? (file.equals(ReportFiles.STDIN) ? message : file + message.substring(name.length()))
        : file + ": " + message;
  }

  private static String fileName(String file) {
    try {
      return String.valueOf(Path.of(file).getFileName());
    } catch (InvalidPathException e) {
      return file;
    }
  }
}
