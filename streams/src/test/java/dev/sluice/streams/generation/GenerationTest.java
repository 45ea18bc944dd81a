package dev.sluice.streams.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.topics.Topics.Realm;
import org.junit.jupiter.api.Test;

class GenerationTest {
  private final Generation common = new Generation("acme.", Realm.COMMON, 2);
  private final Generation embargoed = new Generation("acme.", Realm.EMBARGOED, 2);

  @Test
  void changelogsAreNamedAsKafkaStreamsNamesThem() {
    assertThat(common.changelog("facts")).isEqualTo("acme.sluice-streams-g2-facts-changelog");
    assertThat(embargoed.applicationId()).isEqualTo("acme.sluice-streams-embargoed-g2");
  }

  @Test
  void knowsGroupsAndTopicsOfItsOwnRealmAndPrefixOnly() {
    assertThat(common.numberOf("acme.sluice-streams-g13")).hasValue(13);
    assertThat(common.numberOf("acme.sluice-streams-g1-facts-changelog")).hasValue(1);
    assertThat(common.numberOf("acme.sluice-streams-embargoed-g1")).isEmpty();
    assertThat(embargoed.numberOf("acme.sluice-streams-g1")).isEmpty();
    assertThat(common.numberOf("other.sluice-streams-g1")).isEmpty();
    assertThat(common.numberOf("acmeXsluice-streams-g1")).isEmpty();
    assertThat(common.numberOf("acme.sluice-streams-g1x")).isEmpty();
    assertThat(common.numberOf("acme.sluice-streams-g0")).isEmpty();
  }

  @Test
  void countsUpFromOne() {
    assertThatThrownBy(() -> new Generation("", Realm.COMMON, 0))
        .hasMessageContaining("streams.generation is 0");
  }
}
