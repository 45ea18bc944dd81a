package dev.sluice.streams.engine;

import static dev.sluice.streams.Scans.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.ItemFinding;
import dev.sluice.events.ItemStatus;
import dev.sluice.events.Observation;
import dev.sluice.streams.Scans;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Two tools about one place in the code: two findings, one piece of work, one ticket. */
class LinkedItemsTest {
  private final Basin basin = new Basin();

  @Test
  void secondToolJoinsTheTicketThatIsThere() {
    basin.send(scan("codeql", at("go/command-injection", 273)).id("1"));
    basin.events.clear();
    basin.send(scan("gosec", at("G204", 273)).id("2"));

    assertThat(basin.findings).hasSize(2);
    assertThat(open()).singleElement().satisfies(item -> assertThat(item.getFindings()).hasSize(2));
    assertThat(basin.events)
        .extracting(ActionEvent::getType)
        .containsExactly(ActionEventType.CHANGED);
    assertThat(open().get(0).getSummary())
        .contains("codeql as go/command-injection, gosec as G204");
    assertThat(basin.findings.values())
        .allMatch(finding -> finding.getItem().equals(open().get(0).getId()));
  }

  @Test
  void ticketOutlivesTheFindingThatItBeganWith() {
    basin.send(scan("codeql", at("go/command-injection", 273), at("go/other", 5)).id("1"));
    basin.send(scan("gosec", at("G204", 273)).id("2"));
    String ticket = shared().getId();
    basin.events.clear();

    basin.send(scan("codeql", at("go/other", 5)).id("3"));
    assertThat(basin.items.get(ticket).getStatus()).isEqualTo(ItemStatus.OPEN);
    assertThat(basin.events)
        .extracting(ActionEvent::getType)
        .containsExactly(ActionEventType.CHANGED);

    basin.send(scan("codeql", at("go/command-injection", 273), at("go/other", 5)).id("4"));
    assertThat(shared().getId()).isEqualTo(ticket);
    assertThat(open()).hasSize(2);
  }

  @Test
  void allGoneResolvesTheTicketAndBackAgainReopensIt() {
    basin.send(scan("codeql", at("go/command-injection", 273), at("go/other", 5)).id("1"));
    basin.send(scan("gosec", at("G204", 273), at("G1", 70)).id("2"));
    String ticket = shared().getId();
    basin.send(scan("codeql", at("go/other", 5)).id("3"));
    basin.send(scan("gosec", at("G1", 70)).id("4"));
    assertThat(basin.items.get(ticket).getStatus()).isEqualTo(ItemStatus.RESOLVED);
    basin.events.clear();

    basin.send(scan("gosec", at("G204", 273), at("G1", 70)).id("5"));

    assertThat(basin.events)
        .extracting(e -> e.getType() + " " + e.getItemId())
        .containsExactly("REOPENED " + ticket);
  }

  @Test
  void findingsThatDriftApartBecomeTwoTickets() {
    basin.send(scan("codeql", at("go/command-injection", 273)).id("1"));
    basin.send(scan("gosec", at("G204", 273)).id("2"));
    String ticket = shared().getId();

    basin.send(scan("gosec", at("G204", 400)).id("3"));

    assertThat(open()).hasSize(2);
    assertThat(basin.items.get(ticket).getFindings())
        .extracting(ItemFinding::getVulnerability)
        .containsExactly("go/command-injection");
  }

  @Property(tries = 60, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void anyOrderOfScansLinksTheSameFindings(
      @ForAll @Size(min = 1, max = 4)
          List<@Size(min = 1, max = 6) List<@IntRange(max = 60) Integer>> scanners,
      @ForAll Random random) {
    List<Scans.Scan> scans = scans(scanners);
    Basin first = new Basin();
    scans.forEach(first::send);
    Collections.shuffle(scans, random);
    Basin second = new Basin();
    scans.forEach(second::send);

    assertThat(shares(second)).isEqualTo(shares(first));
    assertThat(second.findings.keySet()).isEqualTo(first.findings.keySet());
  }

  @Property(tries = 20, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void crashBehindEverySliceGivesTheSameEvents(
      @ForAll @Size(min = 2, max = 5)
          List<@Size(min = 1, max = 6) List<@IntRange(max = 60) Integer>> scanners) {
    Basin calm = new Basin();
    scans(scanners).forEach(calm::send);
    Basin broken = new Basin(true);
    scans(scanners).forEach(broken::send);

    assertThat(broken.events)
        .extracting(ActionEvent::getId)
        .containsExactlyElementsOf(calm.events.stream().map(ActionEvent::getId).toList());
    assertThat(broken.picture()).isEqualTo(calm.picture());
  }

  /** The first three are of three tools; those behind them scan again. */
  private static List<Scans.Scan> scans(List<List<Integer>> scanners) {
    List<Scans.Scan> scans = new ArrayList<>();
    for (int i = 0; i < scanners.size(); i++) {
      List<Observation> claims =
          scanners.get(i).stream().distinct().map(n -> at("rule-" + n % 5, 1 + n)).toList();
      scans.add(new Scans.Scan("tool-" + i, claims).id("scan-" + i));
    }
    return scans;
  }

  /** Which findings share an open item. */
  private static List<List<String>> shares(Basin basin) {
    return basin.items.values().stream()
        .filter(item -> item.getStatus() == ItemStatus.OPEN)
        .map(item -> item.getFindings().stream().map(ItemFinding::getFindingId).sorted().toList())
        .sorted(java.util.Comparator.comparing(List::toString))
        .toList();
  }

  private List<ActionItem> open() {
    return basin.items.values().stream()
        .filter(item -> item.getStatus() == ItemStatus.OPEN)
        .toList();
  }

  private ActionItem shared() {
    return open().stream().filter(item -> item.getFindingCount() == 2).findFirst().orElseThrow();
  }

  private static Scans.Scan scan(String tool, Observation... observations) {
    return new Scans.Scan(tool, List.of(observations));
  }

  /** A command injection whose identity is its rule: the code around it may move. */
  private static Observation at(String rule, int line) {
    Observation observation = code(rule, "main.go", line, "hash of " + rule);
    observation.getLocation().setEndLine(line + 1);
    observation.setCwes(new ArrayList<>(List.of(78)));
    return observation;
  }
}
