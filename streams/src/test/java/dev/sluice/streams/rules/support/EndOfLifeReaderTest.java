package dev.sluice.streams.rules.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.Support;
import dev.sluice.events.SupportMatrix;
import dev.sluice.events.SupportedLine;
import dev.sluice.streams.rules.document.DocumentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class EndOfLifeReaderTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private static SupportMatrix read(String product, String json) {
    return SupportMatrixReader.read(product, "box.json", json, NOW);
  }

  private static List<String> rows(SupportMatrix matrix) {
    return matrix.getLines().stream()
        .map(
            line ->
                line.getRange()
                    + " "
                    + line.getSupport().name().toLowerCase(Locale.ROOT)
                    + (line.getUntil() == null ? "" : " " + line.getUntil()))
        .toList();
  }

  @Test
  void readsCyclesWithDatesAndWords() {
    SupportMatrix matrix =
        read(
            "acme/box",
            """
            [{"cycle":"3.1","eol":false,"lts":true},
             {"cycle":"3.0","eol":"2027-02-01"},
             {"cycle":"2.9","eol":"2025-02-01","extendedSupport":"2028-01-01"},
             {"cycle":"1","eol":true}]
            """);

    assertThat(rows(matrix))
        .containsExactly(
            "3.1 supported",
            "3.0 supported 2027-02-01",
            "2.9 supported 2025-02-01",
            "1 unsupported");
    assertThat(matrix.getLines())
        .extracting(SupportedLine::getSourceLine)
        .containsExactly(1, 2, 3, 4);
    assertThat(matrix.getLines().get(2).getWarnings())
        .containsExactly("extended support until 2028-01-01 does not count");
  }

  @Test
  void readsOneProductOfTheNewerApi() {
    SupportMatrix matrix =
        read(
            "acme/box",
            """
            {"schema_version": "1.2.1",
             "result": {"name": "cardboard", "releases": [
               {"name": "2.0", "isEol": false, "eolFrom": "2028-01-31"},
               {"name": "1.0", "isEol": true}]}}
            """);

    assertThat(rows(matrix)).containsExactly("2.0 supported 2028-01-31", "1.0 unsupported");
  }

  @Test
  void choosesTheProductByItsName() {
    String several =
        """
        {"result": [
          {"name": "lid", "releases": [{"name": "9", "isEol": false}]},
          {"name": "box", "releases": [{"name": "2", "isEol": false}]}]}
        """;

    assertThat(rows(read("acme/box", several))).containsExactly("2 supported");
    assertThatThrownBy(() -> read("acme/crate", several))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("none of them is called \"crate\"");
  }

  @Test
  void aCycleWithoutNumberOrDateIsUnknown() {
    SupportMatrix matrix =
        read(
            "box",
            "[{\"cycle\":\"rolling\",\"eol\":false},{\"cycle\":\"2\",\"eol\":\"soon\"},{\"cycle\":\"1\"}]");

    assertThat(matrix.getLines()).allMatch(line -> line.getSupport() == Support.UNKNOWN);
    assertThat(matrix.getLines()).noneMatch(line -> line.getWarnings().isEmpty());
  }

  @Test
  void refusesOtherJson() {
    assertThatThrownBy(() -> read("box", "{\"vulnerabilities\": []}"))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("no answer of endoflife.date");
    assertThatThrownBy(() -> read("box", "[{\"cycle\":"))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("not JSON");
  }

  @Test
  void readsRealOnes() throws IOException {
    Path folder =
        Path.of(System.getProperty("sluice.samples", "samples-not-given")).resolve("feeds");
    Assumptions.assumeTrue(
        Files.isDirectory(folder),
        "no real feeds at " + folder + "; name the folder of samples with -Dsluice.samples=DIR");

    SupportMatrix go = read("go", Files.readString(folder.resolve("endoflife-v0-go.json")));
    SupportMatrix django =
        read("django", Files.readString(folder.resolve("endoflife-v1-django.json")));
    SupportMatrix python =
        read("python", Files.readString(folder.resolve("endoflife-v1-products-full.sample.json")));

    assertThat(rows(go))
        .startsWith("1.27 supported", "1.26 supported", "1.25 supported 2026-08-19");
    assertThat(SupportTable.of(go).lookup(null, "", "1.25.3", LocalDate.of(2026, 11, 22)).support())
        .isEqualTo(Support.UNSUPPORTED);
    assertThat(SupportTable.of(go).lookup(null, "", "1.26.3", LocalDate.of(2026, 11, 22)).support())
        .isEqualTo(Support.SUPPORTED);
    assertThat(rows(django))
        .startsWith(
            "6.0 supported 2027-04-30", "5.2 supported 2028-04-30", "5.1 supported 2025-12-03");
    assertThat(rows(python)).startsWith("3.12 supported 2028-10-01", "3.11 supported 2027-10-24");
  }
}
