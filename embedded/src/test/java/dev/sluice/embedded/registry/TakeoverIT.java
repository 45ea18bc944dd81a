package dev.sluice.embedded.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.embedded.OneMachine;
import dev.sluice.embedded.junit.SharedKafka;
import dev.sluice.embedded.registry.Rest.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedKafka.class)
final class TakeoverIT {
  @Test
  void shutsOutARegistryThatANewerOneReplaces(OneMachine machine) {
    RegistryOptions options =
        RegistryOptions.on(machine.bootstrapServers())
            .withTopic(SharedKafka.unique("_schemas-takeover"), 1);
    try (EmbeddedRegistry older = EmbeddedRegistry.start(options)) {
      Rest old = new Rest(older.url());
      assertThat(old.register("s", "\"int\"").body().path("id").asInt()).isEqualTo(1);
      try (EmbeddedRegistry newer = EmbeddedRegistry.start(options)) {
        for (int tries = 0; tries < 2; tries++) {
          Answer refused = old.register("t", "\"string\"");
          assertThat(refused.code()).isEqualTo(50001);
          assertThat(refused.message()).contains("taken over").contains(options.topic());
        }
        assertThat(old.get("/schemas/ids/1").status()).isEqualTo(200);
        Answer added = new Rest(newer.url()).register("t", "\"long\"");
        assertThat(added.body().path("id").asInt()).isEqualTo(2);
      }
    }
  }

  @Test
  void refusesASchemaThatTheBrokerDoesNotTakeAndGoesOn(OneMachine machine) {
    RegistryOptions options =
        RegistryOptions.on(machine.bootstrapServers())
            .withTopic(SharedKafka.unique("_schemas-large"), 1);
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(options)) {
      Rest rest = new Rest(registry.url());
      String large =
          "{\"type\":\"record\",\"name\":\"R\",\"doc\":\""
              + "x".repeat(2 << 20)
              + "\",\"fields\":[]}";
      assertThat(rest.register("s", large).code()).isEqualTo(42209);
      assertThat(rest.register("s", "\"int\"").body().path("id").asInt()).isEqualTo(1);
    }
  }
}
