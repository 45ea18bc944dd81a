package dev.sluice.sinks.jsonlines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names of rotated files: {@code PATH.000001} is the oldest, the highest number the newest. */
final class RotatedFiles {
  private static final Pattern NUMBER = Pattern.compile("\\.(\\d{6,9})");

  private RotatedFiles() {}

  /** The name under which the current file is put away next. */
  static Path next(Path path) throws IOException {
    List<Path> old = oldestFirst(path);
    long last = old.isEmpty() ? 0 : number(path, old.get(old.size() - 1));
    return path.resolveSibling("%s.%06d".formatted(path.getFileName(), last + 1));
  }

  /** Deletes the oldest rotated files beyond the number to keep; 0 keeps all. */
  static void prune(Path path, int keep) throws IOException {
    List<Path> old = oldestFirst(path);
    for (int i = 0; keep > 0 && i < old.size() - keep; i++) {
      Files.deleteIfExists(old.get(i));
    }
  }

  /** The current file, if there is one, and the rotated ones. */
  static List<Path> newestFirst(Path path) throws IOException {
    List<Path> files = new ArrayList<>(oldestFirst(path));
    if (Files.exists(path)) {
      files.add(path);
    }
    Collections.reverse(files);
    return files;
  }

  private static List<Path> oldestFirst(Path path) throws IOException {
    try (Stream<Path> siblings = Files.list(path.toAbsolutePath().getParent())) {
      return siblings
          .filter(file -> number(path, file) > 0)
          .sorted(java.util.Comparator.comparingLong(file -> number(path, file)))
          .toList();
    }
  }

  private static long number(Path path, Path file) {
    String name = file.getFileName().toString();
    String base = path.getFileName().toString();
    if (!name.startsWith(base)) {
      return 0;
    }
    var match = NUMBER.matcher(name.substring(base.length()));
    return match.matches() ? Long.parseLong(match.group(1)) : 0;
  }
}
