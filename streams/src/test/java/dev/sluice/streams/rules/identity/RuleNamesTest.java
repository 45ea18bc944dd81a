package dev.sluice.streams.rules.identity;

import static dev.sluice.streams.Scans.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.FindingKind;
import dev.sluice.events.Observation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleNamesTest {
  @ParameterizedTest
  @CsvSource({
    "DS002, AVD-DS-0002",
    "AVD-DS-0002, AVD-DS-0002",
    "DS-0002, AVD-DS-0002",
    "KSV012, AVD-KSV-0012",
    "AWS-0089, AVD-AWS-0089",
    "CKV_DOCKER_2, CKV_DOCKER_2",
  })
  void trivyChecksHaveOneNameAcrossItsVersions(String reported, String lasting) {
    Observation check = code(reported, "Dockerfile", 1, null);
    check.setKind(FindingKind.MISCONFIGURATION);
    assertThat(RuleNames.lasting(check)).isEqualTo(lasting);
  }

  @Test
  void firstNameLasts() {
    Observation renamed = code("new", "a.py", 1, "h");
    renamed.setDeprecatedIds(new ArrayList<>(List.of("older", "old")));
    assertThat(RuleNames.lasting(renamed)).isEqualTo("old");
  }

  @Test
  void codeWithoutAHashOfItsOwnCannotBeFoundElsewhere() {
    assertThat(Atom.wherever(null, "go/x|a.go|", "go/x#0")).isEmpty();
    assertThat(Atom.wherever(null, "go/x|a.go|h1", "go/x#0"))
        .isEqualTo(Atom.wherever(null, "go/x|b.go|h1", "go/x#1"))
        .isPresent();
  }
}
