package dev.sluice.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.producers.gateway.Lookup;
import dev.sluice.producers.gateway.Lookup.Question;
import dev.sluice.producers.gateway.Lookup.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadModelLookupTest {
  private final Lookup lookup =
      new ReadModelLookup(
          () -> {
            throw new Lookup.AwayException("being opened");
          });

  @ParameterizedTest
  @CsvSource({
    "colour, red, there is no parameter of this name; there are after",
    "status, shut, status must be of unknown",
    "severity, urgent, severity must be of unknown",
    "kind, disease, kind must be of unknown",
    "limit, 501, limit must be 1 to 500",
    "limit, -1, limit must be 1 to 500",
    "overdue, perhaps, overdue must be true or false",
    "after, yesterday, after must be the cursor"
  })
  void parametersThatCannotBeUsedAreNamed(String name, String value, String message) {
    assertThatThrownBy(() -> lookup.answer(question(Subject.FINDINGS, Map.of(name, value))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void goodParametersAreAskedOfTheModel() {
    Map<String, String> all =
        Map.of("status", "OPEN,withheld", "severity", "high", "kind", "vulnerable-package");
    assertThatThrownBy(() -> lookup.answer(question(Subject.FINDINGS, all)))
        .isInstanceOf(Lookup.AwayException.class);
  }

  @Test
  void aDateIsItsWholeDay() {
    assertThat(ReadModelLookup.time("2026-03-31"))
        .isEqualTo(Instant.parse("2026-03-31T23:59:59.999Z"));
    assertThat(ReadModelLookup.time("2026-03-31T12:00:00+02:00"))
        .isEqualTo(Instant.parse("2026-03-31T10:00:00Z"));
    assertThatThrownBy(() -> ReadModelLookup.time("March"))
        .hasMessageContaining("a date such as 2026-03-31");
  }

  private static Question question(Subject subject, Map<String, String> parameters) {
    return new Question(subject, "", parameters, List.of("*"));
  }
}
