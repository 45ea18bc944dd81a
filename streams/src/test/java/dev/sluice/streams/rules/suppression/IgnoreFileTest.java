package dev.sluice.streams.rules.suppression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.FindingKind;
import dev.sluice.streams.rules.document.DocumentException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class IgnoreFileTest {
  @Test
  void readsIdsWithTheirEndsAndReasons() {
    IgnoreFile read =
        IgnoreFile.read(
            ".trivyignore",
            """
            # not reachable
            # from outside
            CVE-2022-40897
            cve-2023-2650 exp:2027-01-02

            DS002  # the image of the tests
            GPL-3.0
            """);

    assertThat(read.left()).isEmpty();
    assertThat(read.ignored())
        .extracting(Ignored::line, Ignored::id, Ignored::ends, Ignored::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                3, "CVE-2022-40897", null, "not reachable from outside"),
            org.assertj.core.groups.Tuple.tuple(
                4,
                "CVE-2023-2650",
                Instant.parse("2027-01-02T00:00:00Z"),
                "not reachable from outside"),
            org.assertj.core.groups.Tuple.tuple(6, "AVD-DS-0002", null, "the image of the tests"),
            org.assertj.core.groups.Tuple.tuple(7, "GPL-3.0", null, ""));
  }

  @Test
  void saysWithTheLineWhatItCannotRead() {
    IgnoreFile read =
        IgnoreFile.read(
            ".trivyignore", "CVE-2022\nCVE-2022-1234,\nGHSA-1\nCVE-2022-1234 exp:soon\n");

    assertThat(read.ignored()).isEmpty();
    assertThat(read.left()).extracting(IgnoreFile.LeftOut::line).containsExactly(1, 2, 3, 4);
    assertThat(read.left().get(0).why()).contains("CVE-2022", "no id");
    assertThat(read.left().get(3).why()).contains("exp:soon");
  }

  @Test
  void readsSectionsWithPathsAndPackages() {
    IgnoreFile read =
        IgnoreFile.read(
            ".trivyignore.yaml",
            """
            vulnerabilities:
              - id: CVE-2022-40897
                paths:
                  - "usr/**/METADATA"
                purls:
                  - pkg:pypi/setuptools
                expired_at: 2027-01-02
                statement: only when building
            misconfigurations:
              - id: DS-0002
            secrets:
            licenses:
              - id: GPL-3.0 with exceptions
            """);

    Ignored first = read.ignored().get(0);
    assertThat(read.left()).isEmpty();
    assertThat(first.line()).isEqualTo(2);
    assertThat(first.kind()).isEqualTo(FindingKind.VULNERABLE_PACKAGE);
    assertThat(first.paths()).containsExactly("usr/**/METADATA");
    assertThat(first.purls()).containsExactly("pkg:pypi/setuptools");
    assertThat(first.ends()).isEqualTo("2027-01-02T00:00:00Z");
    assertThat(first.reason()).isEqualTo("only when building");
    assertThat(read.ignored().get(1).id()).isEqualTo("AVD-DS-0002");
    assertThat(read.ignored().get(2).kind()).isEqualTo(FindingKind.LICENCE);
  }

  @Test
  void noEntryIsWidenedByLeavingOutWhatCanMatchNothing() {
    IgnoreFile read =
        IgnoreFile.read(
            "a.yml",
            """
            vulnerabilities:
              - id: CVE-2022-0001
                paths: ["a[b"]
              - id: CVE-2022-0002
                paths: ["a[b", app]
              - id: CVE-2022-0003
                purls: ["pkg:deb/debian/curl?distro=debian-12"]
            misconfigurations:
              - id: DS-0001
                purls: ["pkg:npm/left"]
            secrets:
              - id: github-pat
            """);

    assertThat(read.ignored()).extracting(Ignored::id).containsExactly("CVE-2022-0002");
    assertThat(read.ignored().get(0).paths()).isEqualTo(List.of("app"));
    assertThat(read.left()).extracting(IgnoreFile.LeftOut::line).containsExactly(2, 4, 6, 9, 12);
    assertThat(read.left().get(4).why()).contains("github-pat", "secret");
  }

  @Test
  void unknownFieldsRefuseTheFile() {
    assertThatThrownBy(
            () ->
                IgnoreFile.read("a.yaml", "vulnerabilities:\n  - id: CVE-2022-1234\n    path: x\n"))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("line 3")
        .hasMessageContaining("paths");
  }
}
