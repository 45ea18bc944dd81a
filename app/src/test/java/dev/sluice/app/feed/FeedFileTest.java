package dev.sluice.app.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.app.CommandFailure;
import dev.sluice.events.VulnerabilityIntel;
import dev.sluice.streams.knowledge.FeedDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedFileTest {
  private static final String KEV = "{\"vulnerabilities\":[{\"cveID\":\"CVE-2026-0001\"}]}";
  private static final String OSV =
      "{\"id\":\"GO-2026-%d\",\"modified\":\"2026-01-01T00:00:00Z\",\"affected\":[]}";

  @TempDir private Path directory;

  private static List<String> ids(FeedDocument document) throws IOException {
    List<VulnerabilityIntel> entries = new ArrayList<>();
    try (InputStream in = document.bytes().open()) {
      document.format().read(in, entries::add);
    }
    return entries.stream().map(VulnerabilityIntel::getVulnerability).toList();
  }

  @Test
  void readsPlainAndGzip() throws IOException {
    Path plain = Files.writeString(directory.resolve("kev"), KEV);
    Path zipped = directory.resolve("kev.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write(KEV.getBytes(StandardCharsets.UTF_8));
    }

    assertThat(ids(FeedFile.open(plain, null))).containsExactly("CVE-2026-0001");
    assertThat(ids(FeedFile.open(zipped, null))).containsExactly("CVE-2026-0001");
  }

  @Test
  void readsAllRecordsOfAnArchive() throws IOException {
    Path archive = directory.resolve("all.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (int i = 1; i <= 3; i++) {
        out.putNextEntry(new ZipEntry("GO-2026-" + i + ".json"));
        out.write(OSV.formatted(i).getBytes(StandardCharsets.UTF_8));
      }
      out.putNextEntry(new ZipEntry("README.txt"));
      out.write('x');
    }

    assertThat(ids(FeedFile.open(archive, null)))
        .containsExactly("GO-2026-1", "GO-2026-2", "GO-2026-3");
  }

  @Test
  void saysWhatItCannotRead() throws IOException {
    Path other = Files.writeString(directory.resolve("other"), "hello");

    assertThatThrownBy(() -> FeedFile.open(other, null))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("other")
        .hasMessageContaining("kev-json");
    assertThatThrownBy(() -> FeedFile.open(directory.resolve("none"), null))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> FeedFile.open(other, "epss"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("epss-csv");
  }
}
