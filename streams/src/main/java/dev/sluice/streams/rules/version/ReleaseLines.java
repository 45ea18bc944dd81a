package dev.sluice.streams.rules.version;

import dev.sluice.events.SupportMatrix;
import dev.sluice.events.SupportedLine;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Which release line of an asset a scan is about, and which of two versions of a line is newer. */
public final class ReleaseLines {

  /** The line of scans that say nothing about themselves. */
  public static final String UNVERSIONED = "unversioned";

  private static final Pattern BRANCH_PREFIX =
      Pattern.compile("^(?:refs/heads/|refs/remotes/[^/]+/|origin/)");

  private ReleaseLines() {}

  /**
   * The release line: the one stated explicitly; else the row of the support matrix that holds the
   * version; else the branch; else the version's own major line ({@code 5.x}); else {@code
   * unversioned}.
   *
   * <p>A row that is a line gives its name as written, without remarks ({@code 5.x}, {@code 1.2.x}
   * of {@code 1.2.x (LTS)}). In a row that is no line ({@code < 4.0}), and for a version that no
   * row holds, the name is made in the granularity of most rows: {@code major.x} or {@code
   * major.minor.x}. Without a matrix a branch is better than a guess; a version without a branch
   * (an image's tag) goes to {@code major.x}, so that an old major version that is still built
   * never counts as a step back of the newest one.
   *
   * @param branch a tag that CI hands over as a branch ({@code refs/tags/…}) is read as the version
   */
  public static String lineOf(
      String explicitLine, String version, String branch, SupportMatrix matrixOrNull) {
    if (known(explicitLine)) {
      return explicitLine.strip();
    }
    boolean tag = known(branch) && branch.strip().startsWith("refs/tags/");
    String versionOrTag = known(version) ? version : tag ? branch.strip() : null;
    Optional<String> core = VersionText.core(versionOrTag);
    if (core.isPresent() && matrixOrNull != null) {
      Optional<String> line = fromMatrix(core.get(), matrixOrNull);
      if (line.isPresent()) {
        return line.get();
      }
    }
    if (known(branch) && !tag) {
      String name = BRANCH_PREFIX.matcher(branch.strip()).replaceFirst("");
      if (!name.isEmpty()) {
        return name;
      }
    }
    return core.map(c -> derived(c, 1)).orElse(UNVERSIONED);
  }

  private static Optional<String> fromMatrix(String core, SupportMatrix matrix) {
    WrittenRange best = null;
    int shallow = 0;
    int deep = 0;
    for (SupportedLine row : matrix.getLines()) {
      WrittenRange read = WrittenRange.read(row.getRange());
      if (read.kind() == WrittenRange.Kind.LINE) {
        if (read.depth() == 1) {
          shallow++;
        } else {
          deep++;
        }
        boolean holds = read.range().map(r -> r.containsCore(core)).orElse(false);
        if (holds && (best == null || read.depth() > best.depth())) {
          best = read;
        }
      } else if (read.kind() == WrittenRange.Kind.RANGE && read.range().isPresent()) {
        int numbers =
            read.range().get().edges().stream()
                .mapToInt(e -> e.split("\\.").length)
                .max()
                .orElse(1);
        if (numbers > 2) {
          deep++;
        }
      }
    }
    if (best != null) {
      return Optional.of(best.name());
    }
    return shallow + deep == 0
        ? Optional.empty()
        : Optional.of(derived(core, deep > shallow ? 2 : 1));
  }

  private static String derived(String core, int depth) {
    String[] parts = core.split("\\.");
    return depth > 1 && parts.length > 1 ? parts[0] + "." + parts[1] + ".x" : parts[0] + ".x";
  }

  /**
   * Compares two versions of one line.
   *
   * @return negative if {@code a} is older; empty if nobody can tell: hashes, a date against a
   *     number, {@code 1.2.3-alpine} against {@code 1.2.3-bookworm}
   */
  public static OptionalInt compareHeads(String a, String b) {
    if (!known(a) || !known(b)) {
      return OptionalInt.empty();
    }
    String left = a.strip();
    String right = b.strip();
    if (left.equals(right)) {
      return OptionalInt.of(0);
    }
    Optional<String> dateA = VersionText.dateDigits(left);
    Optional<String> dateB = VersionText.dateDigits(right);
    if (dateA.isPresent() && dateB.isPresent()) {
      int byDay = Numbers.compare(dateA.get(), dateB.get());
      return OptionalInt.of(
          byDay != 0
              ? byDay
              : NaturalOrder.INSTANCE.compare(
                  VersionText.dateRest(left), VersionText.dateRest(right)));
    }
    Optional<String> coreA = VersionText.core(left);
    Optional<String> coreB = VersionText.core(right);
    if (coreA.isEmpty() || coreB.isEmpty()) {
      return OptionalInt.empty();
    }
    int byCore = SemverOrder.core(coreA.get(), coreB.get());
    return byCore != 0
        ? OptionalInt.of(byCore)
        : labels(VersionText.label(left), VersionText.label(right));
  }

  /**
   * Labels count where they are a pre-release or a number; a variant such as alpine says nothing.
   */
  private static OptionalInt labels(String a, String b) {
    if (a.equals(b)) {
      return OptionalInt.of(0);
    }
    boolean orderedA = a.isEmpty() || isOrdered(a);
    boolean orderedB = b.isEmpty() || isOrdered(b);
    return orderedA && orderedB
        ? OptionalInt.of(NaturalOrder.INSTANCE.compare(a, b))
        : OptionalInt.empty();
  }

  private static boolean isOrdered(String label) {
    if (Numbers.isDigit(label.charAt(0))) {
      return Numbers.endOfDigits(label, 0) == label.length();
    }
    return NaturalOrder.isBeforeRelease(label.substring(0, Numbers.endOfLetters(label, 0)));
  }

  private static boolean known(String text) {
    return text != null && !text.isBlank();
  }
}
