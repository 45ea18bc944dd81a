package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * The reports that a command line names. Most shells expand patterns themselves; pipelines that
 * start commands without a shell, and quoted patterns, leave it to us.
 */
final class ReportFiles {
  /** Standard input. */
  static final String STDIN = "-";

  /** How deep {@code **} looks; links are not followed, so there is an end. */
  private static final int MOST_LEVELS = 32;

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
    List<String> found = new ArrayList<>();
    try {
      // As in a shell, dir/**/x is also dir/x.
      List<PathMatcher> matchers =
          List.of(
              FileSystems.getDefault().getPathMatcher("glob:" + pattern),
              FileSystems.getDefault().getPathMatcher("glob:" + pattern.replace("**/", "")));
      Path base = Path.of(base(pattern));
      int depth = pattern.contains("**") ? MOST_LEVELS : levels(pattern);
      try (Stream<Path> files = Files.walk(base.toString().isEmpty() ? Path.of("") : base, depth)) {
        files
            .filter(file -> matchers.stream().anyMatch(matcher -> matcher.matches(file)))
            .filter(Files::isRegularFile)
            .forEach(file -> found.add(file.toString()));
      }
    } catch (IOException | UncheckedIOException | PatternSyntaxException | InvalidPathException e) {
      throw new CommandFailure(
          ExitCode.UNREADABLE, pattern + ": no such file, and no pattern that can be followed", e);
    }
    if (found.isEmpty()) {
      throw new CommandFailure(ExitCode.UNREADABLE, pattern + ": no file matches");
    }
    found.sort(null);
    return found;
  }

  /** The directories of a pattern that are named in full. */
  private static String base(String pattern) {
    int wild = 0;
    while (wild < pattern.length() && "*?[{".indexOf(pattern.charAt(wild)) < 0) {
      wild++;
    }
    int slash = pattern.lastIndexOf('/', wild);
    return slash < 0 ? "" : pattern.substring(0, slash + 1);
  }

  private static int levels(String pattern) {
    String rest = pattern.substring(base(pattern).length());
    return 1 + (int) rest.chars().filter(c -> c == '/').count();
  }
}
