package dev.sluice.streams.rules.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.events.AssetRole;
import dev.sluice.events.Support;
import dev.sluice.events.SupportMatrix;
import dev.sluice.events.SupportedLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Security policies of real projects, where a developer has them. Each was read by a person: y is
 * supported, n is not, ? cannot be told.
 */
class RealSecurityMdTest {

  private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
  private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

  private static Path folder() {
    Path folder = Path.of(System.getProperty("sluice.samples", "no-samples"), "security-md");
    boolean there = Files.isDirectory(folder);
    assumeTrue(
        there,
        "Skipped: no real security policies at " + folder + " (system property sluice.samples)");
    return folder;
  }

  private static SupportMatrix read(String file) throws IOException {
    Path path = folder().resolve(file + ".md");
    String product = file.substring(file.indexOf("--") + 2);
    return SupportMatrixReader.readMarkdown(product, "SECURITY.md", Files.readString(path), NOW);
  }

  /** One character for each row, and the date where the row has one. */
  private static String rows(SupportMatrix matrix) {
    StringBuilder text = new StringBuilder();
    for (SupportedLine line : matrix.getLines()) {
      text.append(
          switch (line.getSupport()) {
            case SUPPORTED -> 'y';
            case UNSUPPORTED -> 'n';
            default -> '?';
          });
      if (line.getUntil() != null) {
        text.append('(').append(line.getUntil()).append(')');
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "12sdj--Random-Number-Generator, y(2026-12-31)y(2025-12-31)y(2024-12-31)nny(2024-12-31)n",
    "ClickHouse--ClickHouse, yyynynnnnnnynnnnnnnnnnn",
    "OpenMage--magento-lts, yn?",
    "alastairlundy--PlatformKit, y(2022-09-10)nnnnnnnnnnn",
    "appwrite--appwrite, nyyyyyyy",
    "blue-terminal--la_bomba_finale, ?y?????nnn",
    "caddyserver--caddy, yn",
    "dropwizard--dropwizard, yyynn",
    "gitleaks--gitleaks, y",
    "jekyll--jekyll, yyn",
    "lodash--lodash, ynnn",
    "mapfish--mapfish-print, ny(2022-06-30)y(2021-10-31)y(2021-10-31)nny(2021-12-31)?y(2023-01-06)?y",
    "mastodon--mastodon, yyny(2023-12-31)n",
    "open-quantum-safe--liboqs, ynnnn",
    "phoenixframework--phoenix, yyyy",
    "pnpm--pnpm, y(2027-04-30)y(2027-04-30)n",
    "puma--puma, yyn",
    "quarkusio--quarkus, yyyyyynn",
    "redis--redis, yynyn",
    "secureCodeBox--secureCodeBox, yyn",
    "semgrep--semgrep, y",
    "sequelize--sequelize, yy",
    "snipe--snipe-it, yynnnnn",
    "socketio--socket.io, yyyn",
    "strapi--strapi, ynnny(2026-04-30)nnn",
    "tinymce--tinymce, yynnn",
    "zitadel--zitadel, yyn",
  })
  void rowsAreReadAsAPersonReadsThem(String file, String expected) throws IOException {
    assertThat(rows(read(file))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "AmadeusITGroup--gh-app-auth",
    "aquasecurity--trivy",
    "ory--hydra",
    "stherrien--gorax",
  })
  void filesWithoutATableSaySo(String file) throws IOException {
    SupportMatrix matrix = read(file);
    assertThat(matrix.getLines()).isEmpty();
    assertThat(matrix.getWarnings()).anyMatch(w -> w.contains("no table of supported versions"));
  }

  @Test
  void aTemplateInACommentAndWordsBelowItAreUnknown() throws IOException {
    SupportMatrix matrix = read("anchore--grype");
    assertThat(matrix.getLines()).allMatch(l -> l.getSupport() == Support.UNKNOWN);
    assertThat(matrix.getWarnings()).anyMatch(w -> w.contains("comment"));
    assertThat(matrix.getWarnings()).anyMatch(w -> w.contains("in words"));
  }

  @ParameterizedTest
  @CsvSource({
    "redis--redis, 6.2.14, SUPPORTED",
    "redis--redis, 7.0.15, UNSUPPORTED",
    "redis--redis, 8.0.0, UNKNOWN",
    "quarkusio--quarkus, 3.20.1, SUPPORTED",
    "quarkusio--quarkus, 3.21.0, UNKNOWN",
    "quarkusio--quarkus, 2.16.0, UNSUPPORTED",
    "puma--puma, 6.4.2, UNSUPPORTED",
    "puma--puma, 7.0.0, UNKNOWN",
    "caddyserver--caddy, 1.0.5, UNSUPPORTED",
    "caddyserver--caddy, 2.6.0, UNKNOWN",
    "tinymce--tinymce, 8.6.1, SUPPORTED",
    "tinymce--tinymce, 8.7.0, UNKNOWN",
    "tinymce--tinymce, 4.9.11, UNSUPPORTED",
    "pnpm--pnpm, 10.4.0, SUPPORTED",
    "pnpm--pnpm, 9.15.9, UNSUPPORTED",
    "strapi--strapi, 5.12.0, SUPPORTED",
    "strapi--strapi, 5.0.0-rc.12, UNSUPPORTED",
    "strapi--strapi, 4.25.0, UNSUPPORTED",
    "secureCodeBox--secureCodeBox, 4.16.2, SUPPORTED",
    "secureCodeBox--secureCodeBox, 4.2.0, UNKNOWN",
    "mastodon--mastodon, 3.5.19, UNSUPPORTED",
    "mapfish--mapfish-print, 3.26.1, UNKNOWN",
    "open-quantum-safe--liboqs, 0.9.1, UNSUPPORTED",
    "open-quantum-safe--liboqs, 0.9.3, UNKNOWN",
  })
  void versionsAreFoundAsAPersonFindsThem(String file, String version, Support expected)
      throws IOException {
    assertThat(SupportLookup.of(read(file), AssetRole.RELEASED, null, version, TODAY).support())
        .isEqualTo(expected);
  }

  @Test
  void everyFileIsReadAndEveryUnknownRowSaysWhy() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder())) {
      files = all.filter(p -> p.toString().endsWith(".md")).toList();
    }
    assertThat(files).hasSizeGreaterThan(20);
    for (Path file : files) {
      SupportMatrix matrix =
          SupportMatrixReader.readMarkdown("p", "SECURITY.md", Files.readString(file), NOW);
      for (SupportedLine line : matrix.getLines()) {
        assertThat(line.getSourceLine()).isPositive();
        if (line.getSupport() == Support.UNKNOWN) {
          assertThat(line.getWarnings()).as("%s:%d", file, line.getSourceLine()).isNotEmpty();
        }
      }
    }
  }
}
