package dev.sluice.streams.rules.support;

import dev.sluice.events.Support;
import dev.sluice.events.SupportMatrix;
import dev.sluice.events.SupportedLine;
import dev.sluice.streams.rules.version.VersionRange;
import dev.sluice.streams.rules.version.WrittenRange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads which versions of a product are supported: from the "Supported Versions" table of a {@code
 * SECURITY.md}, from endoflife.date's JSON, or from YAML. docs/policy.md says how people's ways of
 * writing it are read. What cannot be read for sure is UNKNOWN, with its line and the reason.
 */
public final class SupportMatrixReader {

  /** Longer documents are cut: no security policy is a megabyte long. */
  private static final int LONGEST = 1_000_000;

  private static final Pattern NEWEST_ONLY =
      Pattern.compile(
          "(?i)\\b(?:latest|most recent|newest|last|current)\\b[^.;]{0,60}\\b(?:releases?|versions?|minor|major|tag)\\b");
  private static final Pattern ABOUT_SUPPORT =
      Pattern.compile(
          "(?i)\\b(?:support(?:ed|s)?|security (?:fix|update|patch)|patch(?:es|ed)?|fix(?:es|ed)?|updates?)\\b");

  private static final Pattern JSON_START = Pattern.compile("\\s*+(?:\\{|\\[\\s*+[{\\]])");
  private static final Pattern YAML_NAME = Pattern.compile("(?i).*\\.ya?ml");

  private SupportMatrixReader() {}

  /**
   * Reads a document of any of the three forms: JSON is known by its first character, YAML by its
   * name, and everything else is Markdown.
   *
   * @param product product the matrix is for; may be empty where the document names it
   * @param sourceName file or address, for people
   * @param now judges whether a stated end lies in the past
   * @throws dev.sluice.streams.rules.document.DocumentException if JSON or YAML cannot be used;
   *     Markdown always can
   */
  public static SupportMatrix read(
      String product, String sourceName, String document, Instant now) {
    if (JSON_START.matcher(document).lookingAt()) {
      return EndOfLifeReader.read(product, sourceName, document, now);
    }
    if (YAML_NAME.matcher(sourceName).matches()) {
      return SupportYamlReader.read(product, sourceName, document, now);
    }
    return readMarkdown(product, sourceName, document, now);
  }

  /**
   * Reads a document. Never throws for any text.
   *
   * @param product product the matrix is for; where a document speaks of several, its rows are used
   * @param sourceName file or address, for people
   * @param now judges whether a stated end lies in the past
   */
  public static SupportMatrix readMarkdown(
      String product, String sourceName, String markdown, Instant now) {
    String text = markdown.length() > LONGEST ? markdown.substring(0, LONGEST) : markdown;
    MarkdownTables document = MarkdownTables.read(text);
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    List<String> warnings = new ArrayList<>();
    if (markdown.length() > LONGEST) {
      warnings.add(sourceName + ": only the first " + LONGEST + " characters are read");
    }
    List<SupportedLine> lines = new ArrayList<>();
    ProductTables tables = ProductTables.choose(product, sourceName, document.tables());
    warnings.addAll(tables.warnings());
    for (ProductTables.Chosen chosen : tables.chosen()) {
      lines.addAll(TableReader.read(chosen, today));
    }
    if (TemplateTable.isUntouched(lines)) {
      warnings.add(
          sourceName
              + ":"
              + lines.get(0).getSourceLine()
              + ": this is GitHub's template, untouched; it says nothing about "
              + product);
      lines.forEach(l -> TableReader.unknown(l, "a row of GitHub's untouched template"));
    } else {
      Contradictions.mark(lines, sourceName, warnings);
    }
    if (lines.isEmpty()) {
      prose(document, sourceName, lines, warnings);
    }
    for (int line : document.commented()) {
      warnings.add(sourceName + ":" + line + ": a table inside an HTML comment is not read");
    }
    return SupportMatrix.newBuilder()
        .setProduct(product)
        .setLines(lines)
        .setPairs(List.of())
        .setSource(sourceName)
        .setWarnings(warnings)
        .setVersion(sha256(text))
        .setLoadedAt(now)
        .build();
  }

  /** A policy in words: which release is the newest cannot be told from the document. */
  private static void prose(
      MarkdownTables document,
      String sourceName,
      List<SupportedLine> lines,
      List<String> warnings) {
    for (MarkdownTables.Prose prose : document.prose()) {
      // Nobody states a policy in more words, and patterns are slow on a book.
      if (prose.text().length() > 5_000) {
        continue;
      }
      boolean about =
          ABOUT_SUPPORT.matcher(prose.text()).find()
              && (prose.heading().toLowerCase(Locale.ROOT).contains("version")
                  || prose.text().toLowerCase(Locale.ROOT).contains("support")
                  || prose.text().toLowerCase(Locale.ROOT).contains("security"));
      if (about && NEWEST_ONLY.matcher(prose.text()).find()) {
        String reason = "support of the newest release in words: which one that is cannot be told";
        lines.add(
            SupportedLine.newBuilder()
                .setRange("latest")
                .setVers(null)
                .setSupport(Support.UNKNOWN)
                .setSourceLine(prose.line())
                .setWarnings(List.of(reason))
                .build());
        warnings.add(
            sourceName + ":" + prose.line() + ": no table of supported versions, but " + reason);
        return;
      }
    }
    warnings.add(sourceName + ": no table of supported versions");
  }

  static Optional<VersionRange> sureRange(WrittenRange written) {
    return switch (written.kind()) {
      case LINE, RANGE -> written.range();
      default -> Optional.empty();
    };
  }

  static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
