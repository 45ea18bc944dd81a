package dev.sluice.producers.format.sarif;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RuleStoreTest {
  @Test
  void givesBackEveryRuleByPlaceAndById() throws Exception {
    try (RuleStore store = new RuleStore()) {
      int run = store.newRun();
      store.add(run, SarifRun.DRIVER, 0, rule("one", "ä €"));
      store.add(run, 3, 0, rule("two", null));

      assertThat(store.at(run, SarifRun.DRIVER, 0)).isEqualTo(rule("one", "ä €"));
      assertThat(store.at(run, 3, 0)).isEqualTo(rule("two", null));
      assertThat(store.byId(run, "two")).isEqualTo(rule("two", null));
      assertThat(store.byId(run, "three")).isNull();
      assertThat(store.at(run, SarifRun.DRIVER, 1)).isNull();
    }
  }

  /** More than is kept in memory, with a rule among them that is larger than a chunk of it. */
  @Test
  void goesOnInAFileWhenMemoryIsFull() throws Exception {
    try (RuleStore store = new RuleStore()) {
      int run = store.newRun();
      int count = 700;
      for (int i = 0; i < count; i++) {
        store.add(run, SarifRun.DRIVER, i, rule("rule-" + i, text(i)));
        if (i == 650) {
          // What was just written is read before all of it is in the file.
          assertThat(store.at(run, SarifRun.DRIVER, i).help()).isEqualTo(text(i));
        }
      }
      for (int i = count - 1; i >= 0; i--) {
        assertThat(store.byId(run, "rule-" + i).help()).isEqualTo(text(i));
      }
    }
  }

  private static String text(int i) {
    return (char) ('a' + i % 26) + "é".repeat(i % 100 == 99 ? 200_000 : 10_000);
  }

  private static SarifRule rule(String id, String help) {
    return new SarifRule(
        id,
        null,
        "error",
        "7.5",
        "",
        "full",
        help,
        "https://rules.example/" + id,
        List.of("security", "external/cwe/cwe-079"),
        List.of(),
        List.of("older"),
        Map.of("default", "{0} is wrong"));
  }
}
