package dev.sluice.streams.engine;

import static dev.sluice.streams.Scans.code;
import static dev.sluice.streams.Scans.codeql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.Finding;
import dev.sluice.events.FindingStatus;
import dev.sluice.events.Observation;
import dev.sluice.streams.Scans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files and rules that go by another name; the ticket stays. */
class RenamesTest {
  private static final Observation OTHER = code("go/other", "other.go", 1, "o");

  private final Basin basin = new Basin();

  @Test
  void renamedFileKeepsFindingHistoryAndTicket() {
    basin.send(
        codeql(code("go/x", "a.go", 3, "h1"), OTHER)
            .id("1")
            .at(Basin.NOW.minus(Duration.ofDays(9))));
    Finding before = at("a.go");
    basin.events.clear();

    basin.send(codeql(code("go/x", "b.go", 30, "h1"), OTHER).id("2"));

    Finding after = at("b.go");
    assertThat(after.getId()).isNotEqualTo(before.getId());
    assertThat(after.getFormerIds()).containsExactly(before.getId());
    assertThat(after.getFirstSeen()).isEqualTo(before.getFirstSeen());
    assertThat(after.getItem()).isEqualTo(before.getItem());
    assertThat(after.getEpisode()).isEqualTo(1);
    assertThat(basin.findings.get(before.getId()).getMovedTo()).isEqualTo(after.getId());
    assertThat(basin.events)
        .extracting(ActionEvent::getType)
        .containsExactly(ActionEventType.CHANGED);
    assertThat(basin.verdicts.get(1).getNewFindings()).isZero();
    assertThat(basin.verdicts.get(1).getFixedFindings()).isZero();
  }

  @Test
  void renamedTwiceLeadsFromEachNameToTheLast() {
    basin.send(codeql(code("go/x", "a.go", 3, "h1"), OTHER).id("1"));
    String ticket = at("a.go").getItem();
    basin.send(codeql(code("go/x", "b.go", 3, "h1"), OTHER).id("2"));
    basin.send(codeql(code("go/x", "c.go", 3, "h1"), OTHER).id("3"));

    assertThat(at("c.go").getFormerIds()).hasSize(2);
    assertThat(at("c.go").getItem()).isEqualTo(ticket);
  }

  @Test
  void copyIsNoRename() {
    basin.send(codeql(code("go/x", "a.go", 3, "h1"), OTHER).id("1"));
    basin.send(codeql(code("go/x", "a.go", 3, "h1"), code("go/x", "b.go", 3, "h1"), OTHER).id("2"));

    assertThat(at("a.go").getMovedTo()).isNull();
    assertThat(at("b.go").getFormerIds()).isEmpty();
  }

  @Test
  void whatCouldHaveGoneToEitherOfTwoIsNew() {
    basin.send(codeql(code("go/x", "a.go", 3, "h1"), OTHER).id("1"));
    basin.send(codeql(code("go/x", "b.go", 3, "h1"), code("go/x", "c.go", 3, "h1"), OTHER).id("2"));

    assertThat(at("a.go").getStatus()).isEqualTo(FindingStatus.RESOLVED);
    assertThat(at("a.go").getMovedTo()).isNull();
    assertThat(basin.verdicts.get(1).getNewFindings()).isEqualTo(2);
  }

  @Test
  void whatAnotherToolStillSeesHasNotMoved() {
    basin.send(codeql(code("go/x", "a.go", 3, "h1"), OTHER).id("1"));
    basin.send(new Scans.Scan("lgtm", List.of(code("go/x", "a.go", 3, "h1"))).id("2"));
    basin.send(codeql(code("go/x", "b.go", 3, "h1"), OTHER).id("3"));

    assertThat(at("a.go").getMovedTo()).isNull();
    assertThat(at("a.go").getStatus()).isEqualTo(FindingStatus.OPEN);
  }

  @Test
  void renamedRuleIsTheSameFinding() {
    basin.send(codeql(code("py/old-name", "a.py", 3, "h1"), OTHER).id("1"));
    basin.events.clear();
    Observation renamed = code("py/new-name", "a.py", 3, "h1");
    renamed.setDeprecatedIds(new ArrayList<>(List.of("py/old-name")));
    basin.send(codeql(renamed, OTHER).id("2"));

    assertThat(basin.findings).hasSize(2);
    assertThat(at("a.py").getStatus()).isEqualTo(FindingStatus.OPEN);
    assertThat(basin.events).isEmpty();
  }

  @Test
  void movedLineIsTheSameFinding() {
    basin.send(codeql(code("go/x", "a.go", 26, "h1"), code("go/x", "a.go", 50, "h1")).id("1"));
    basin.send(codeql(code("go/x", "a.go", 27, "h1"), code("go/x", "a.go", 51, "h1")).id("2"));

    assertThat(basin.findings).hasSize(2);
    assertThat(basin.verdicts.get(1).getNewFindings()).isZero();
    assertThat(basin.verdicts.get(1).getFixedFindings()).isZero();
  }

  @Test
  void crashBehindEverySliceGivesTheSameEvents() {
    List<Scans.Scan> story =
        List.of(
            codeql(code("go/x", "a.go", 3, "h1"), code("go/y", "a.go", 9, "h2"), OTHER).id("1"),
            codeql(code("go/x", "b.go", 3, "h1"), code("go/y", "b.go", 9, "h2"), OTHER).id("2"),
            codeql(code("go/x", "a.go", 3, "h1"), code("go/y", "c.go", 9, "h2"), OTHER).id("3"));
    Basin broken = new Basin(true);
    story.forEach(basin::send);
    story.forEach(broken::send);

    assertThat(broken.events)
        .extracting(ActionEvent::getId)
        .containsExactlyElementsOf(basin.events.stream().map(ActionEvent::getId).toList());
    assertThat(broken.picture()).isEqualTo(basin.picture());
  }

  private Finding at(String path) {
    return basin.findings.values().stream()
        .filter(f -> f.getLocation().getPath().equals(path))
        .findFirst()
        .orElseThrow();
  }
}
