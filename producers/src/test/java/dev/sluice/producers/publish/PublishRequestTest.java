package dev.sluice.producers.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class PublishRequestTest {
  @Test
  void takesBlankAsNotSaid() {
    assertThat(PublishRequest.builder().asset(" ").version("").build())
        .isEqualTo(PublishRequest.EMPTY);
  }

  @Test
  void namesTheParameterAndTheRuleAndNotTheValue() {
    assertThatThrownBy(() -> PublishRequest.builder().scanId("../etc/hunter2").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("scan must be 1 to 100")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> PublishRequest.builder().unit("x".repeat(256)).build())
        .hasMessage("unit has more than 255 characters");
    assertThatThrownBy(() -> PublishRequest.builder().branch("a\nb").build())
        .hasMessage("branch holds a control character");
  }

  @Test
  void dropsATraceparentThatIsNone() {
    String good = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    assertThat(PublishRequest.builder().traceparent(good).build().traceparent()).isEqualTo(good);
    assertThat(PublishRequest.builder().traceparent("00-0-0-0").build().traceparent()).isNull();
  }
}
