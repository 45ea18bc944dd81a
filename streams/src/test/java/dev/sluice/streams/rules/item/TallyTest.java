package dev.sluice.streams.rules.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Finding;
import dev.sluice.events.FindingKind;
import dev.sluice.events.LineState;
import dev.sluice.events.Severity;
import dev.sluice.events.Support;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TallyTest {
  @Property(tries = 100)
  void joiningAndLeavingInAnyOrderComesToWhatIsLeft(
      @ForAll @Size(max = 30) List<@IntRange(max = 500) Integer> staying,
      @ForAll @Size(max = 30) List<@IntRange(max = 500) Integer> leaving,
      @ForAll Random random) {
    Tally expected = new Tally(Map.of(), null);
    staying.forEach(n -> expected.join(finding(n)));
    Tally tally = new Tally(Map.of(), null);
    List<Integer> all = new ArrayList<>(staying);
    all.addAll(leaving);
    Collections.shuffle(all, random);
    all.forEach(n -> tally.join(finding(n)));
    leaving.forEach(n -> tally.leave(finding(n)));

    assertThat(tally.counts()).isEqualTo(expected.counts());
  }

  @Test
  void saysWhatAnItemSays() {
    Tally tally = new Tally(Map.of(), null);
    for (int n = 0; n < 60; n++) {
      tally.join(finding(n));
    }
    assertThat(tally.findings()).isEqualTo(60);
    assertThat(tally.worst()).isEqualTo(Severity.CRITICAL);
    assertThat(tally.scanners()).containsExactly("scanner-0", "scanner-1", "scanner-2");
    assertThat(tally.due()).isEqualTo(Instant.parse("2026-01-06T00:00:00Z"));
    assertThat(tally.lines())
        .extracting(line -> line.getLine() + " " + line.getSupport() + " " + line.getResolved())
        .containsExactly("4.x UNSUPPORTED true", "5.x SUPPORTED false");
  }

  @Test
  void doesNotGrowWithTheNumberOfFindings() {
    Tally tally = new Tally(Map.of(), null);
    for (int n = 0; n < 100_000; n++) {
      tally.join(finding(n));
    }
    assertThat(tally.counts()).hasSizeLessThan(30);
  }

  private static Finding finding(int n) {
    return Finding.newBuilder()
        .setId("f-" + n)
        .setAsset("a")
        .setKind(FindingKind.VULNERABLE_PACKAGE)
        .setSeverity(Severity.values()[n % 7])
        .setKnownExploited(n % 11 == 0)
        .setScanners(List.of("scanner-" + n % 3))
        .setLines(
            List.of(
                LineState.newBuilder()
                    .setLine(n % 2 == 0 ? "5.x" : "4.x")
                    .setSupport(n % 2 == 0 ? Support.SUPPORTED : Support.UNSUPPORTED)
                    .setPresent(n % 2 == 0)
                    .build()))
        .setFirstSeen(Instant.ofEpochSecond(n))
        .setDue(Instant.parse("2026-01-01T10:00:00Z").plusSeconds(86_400L * (n % 5)))
        .build();
  }
}
