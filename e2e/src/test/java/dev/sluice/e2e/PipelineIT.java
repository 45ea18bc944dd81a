package dev.sluice.e2e;

import org.junit.jupiter.api.Nested;

/** The whole pipeline, from a report over HTTP to a webhook call: the same tests on two brokers. */
final class PipelineIT {

  @Nested
  class OnTheEmbeddedBroker extends PipelineContract {
    @Override
    KafkaUnderTest start() {
      return KafkaUnderTest.embedded();
    }
  }

  @Nested
  class InAContainer extends PipelineContract {
    @Override
    KafkaUnderTest start() {
      return KafkaUnderTest.container();
    }
  }
}
