package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.ExitCode;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * The reports that a command line names. Most shells expand patterns themselves; pipelines that
 * start commands without a shell, and quoted patterns, leave it to us.
 */
final class ReportFiles {
  /** Standard input. */
  static final String STDIN = "-";

  private ReportFiles() {}

  /** Files in the order of the command line, a pattern's matches sorted by name. */
  static List<String> expand(List<String> arguments) {
    List<String> files = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.equals(STDIN) || !isPattern(argument)) {
        files.add(argument);
      } else {
        files.addAll(matches(argument));
      }
    }
    if (files.stream().filter(STDIN::equals).count() > 1) {
      throw new CommandFailure(ExitCode.USAGE, "standard input (-) can be read once only");
    }
    return files;
  }

  private static boolean isPattern(String argument) {
    return argument.matches(".*[*?\\[{].*") && !exists(argument);
  }

  private static boolean exists(String argument) {
    try {
      return Files.exists(Path.of(argument));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static List<String> matches(String pattern) {
    int slash = pattern.lastIndexOf('/');
    Path directory = Path.of(slash < 0 ? "." : pattern.substring(0, slash + 1));
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(directory, pattern.substring(slash + 1))) {
      for (Path entry : entries) {
        if (Files.isRegularFile(entry)) {
          found.add(slash < 0 ? entry.getFileName().toString() : entry.toString());
        }
      }
    } catch (IOException | DirectoryIteratorException | PatternSyntaxException e) {
      throw new CommandFailure(
          ExitCode.UNREADABLE,
          pattern
              + ": no such file, and no pattern that can be followed; ** and patterns for"
              + " directories are not supported",
          e);
    }
    if (found.isEmpty()) {
      throw new CommandFailure(ExitCode.UNREADABLE, pattern + ": no file matches");
    }
    found.sort(null);
    return found;
  }
}
