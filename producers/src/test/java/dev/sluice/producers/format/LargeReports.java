package dev.sluice.producers.format;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes reports of any size, entry by entry, that look like real ones. */
public final class LargeReports {
  private static final String TEXT =
      "A flaw in the parser of the library lets a remote attacker who can send a crafted document"
          + " read memory behind the buffer and, with some patience, take over the process. ";

  private LargeReports() {}

  /** Writes {@code trivy FILE MEBIBYTES} or {@code sarif FILE MEBIBYTES}, for measuring by hand. */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[1]);
    long bytes = Long.parseLong(args[2]) << 20;
    long entries = args[0].equals("trivy") ? trivy(file, bytes) : sarif(file, bytes);
    System.out.println(entries + " entries");
  }

  /** A Trivy report of an image; returns its number of vulnerabilities. */
  static long trivy(Path file, long bytes) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      long written = write(out, "{\"SchemaVersion\":2,\"ArtifactName\":\"example.org/shop:1.2\",");
      written +=
          write(
              out,
              "\"ArtifactType\":\"container_image\",\"Metadata\":{\"OS\":{\"Family\":\"debian\","
                  + "\"Name\":\"12.5\"}},\"Results\":[{\"Target\":\"shop (debian 12.5)\","
                  + "\"Class\":\"os-pkgs\",\"Type\":\"debian\",\"Vulnerabilities\":[");
      long entries = 0;
      while (written < bytes) {
        String entry =
            String.format(
                Locale.ROOT,
                "%s{\"VulnerabilityID\":\"CVE-2024-%d\",\"PkgID\":\"lib%d@1.0\",\"PkgName\":\"lib%d\","
                    + "\"InstalledVersion\":\"1.0.%d\",\"FixedVersion\":\"1.1\",\"Status\":\"fixed\","
                    + "\"Severity\":\"HIGH\",\"SeveritySource\":\"debian\",\"Title\":\"lib%d: out of"
                    + " bounds read\",\"Description\":\"%s\",\"CweIDs\":[\"CWE-125\"],\"CVSS\":{\"nvd\":"
                    + "{\"V3Vector\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N\",\"V3Score\":7.5}},"
                    + "\"References\":[\"https://example.org/a/%d\",\"https://example.org/b/%d\"]}",
                entries == 0 ? "" : ",",
                10_000 + entries,
                entries % 900,
                entries % 900,
                entries,
                entries % 900,
                TEXT.repeat(4),
                entries,
                entries);
        written += write(out, entry);
        entries++;
      }
      write(out, "]}]}");
      return entries;
    }
  }

  /** A SARIF report with a rule for every result, as container scanners write; returns results. */
  static long sarif(Path file, long bytes) throws IOException {
    long entries = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      long written =
          write(
              out,
              "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"Grype\",\"rules\":[");
      while (written < bytes * 2 / 3) {
        written +=
            write(
                out,
                String.format(
                    Locale.ROOT,
                    "%s{\"id\":\"CVE-2024-%d-lib%d\",\"name\":\"DpkgMatcher\",\"shortDescription\":"
                        + "{\"text\":\"CVE-2024-%d high vulnerability for lib%d package\"},"
                        + "\"fullDescription\":{\"text\":\"%s\"},\"help\":{\"text\":\"Vulnerability"
                        + " CVE-2024-%d\\nSeverity: high\\nPackage: lib%d\\nVersion: 1.0\\nFix Version:"
                        + " 1.1\\nType: deb\\nData Namespace: debian:distro:debian:12\"},"
                        + "\"properties\":{\"security-severity\":\"7.5\"}}",
                    entries == 0 ? "" : ",",
                    10_000 + entries,
                    entries,
                    10_000 + entries,
                    entries,
                    TEXT.repeat(6),
                    10_000 + entries,
                    entries));
        entries++;
      }
      write(out, "]}},\"results\":[");
      for (long i = 0; i < entries; i++) {
        write(
            out,
            String.format(
                Locale.ROOT,
                "%s{\"ruleId\":\"CVE-2024-%d-lib%d\",\"message\":{\"text\":\"The path"
                    + " /usr/share/doc/lib%d/copyright reports lib%d at version 1.0  which is a"
                    + " vulnerable (deb) package installed in the container. %s\"},\"locations\":"
                    + "[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":"
                    + "\"image//usr/share/doc/lib%d/copyright\"},\"region\":{\"startLine\":1}}}]}",
                i == 0 ? "" : ",",
                10_000 + i,
                i,
                i,
                i,
                TEXT,
                i));
      }
      write(out, "]}]}");
    }
    return entries;
  }

  private static long write(OutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(bytes);
    return bytes.length;
  }
}
