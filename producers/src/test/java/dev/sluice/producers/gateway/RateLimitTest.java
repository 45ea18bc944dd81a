package dev.sluice.producers.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.producers.token.Role;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RateLimitTest extends GatewayFixture {
  @Test
  void answersARequestTooManyWith429AndWhenToGoOn() throws Exception {
    start(
        new Tweaks()
            .perMinute(2)
            .token("ci", Role.PUBLISH, "*")
            .token("other", "another-token", Role.PUBLISH, "*"));

    postAs(TOKEN, "/v1/scans", "{}");
    postAs(TOKEN, "/v1/scans", "{}");
    HttpResponse<String> third = postAs(TOKEN, "/v1/scans", "{}");
    HttpResponse<String> other = postAs("another-token", "/v1/scans", "{}");

    assertProblem(third, 429, "busy");
    assertThat(third.headers().firstValue("Retry-After").map(Integer::parseInt).orElse(0))
        .isBetween(1, 30);
    assertThat(other.statusCode()).isEqualTo(202);
  }

  @Test
  void makesRoomAgainWithTime() {
    AtomicLong nanos = new AtomicLong();
    RateLimit limit = new RateLimit(60, nanos::get);
    for (int i = 0; i < 60; i++) {
      limit.count("ci");
    }
    assertThatThrownBy(() -> limit.count("ci")).isInstanceOf(ProblemException.class);

    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    limit.count("ci");
    assertThatThrownBy(() -> limit.count("ci")).isInstanceOf(ProblemException.class);
  }

  @Test
  void anOpenGatewayOfThisMachineCountsNothing() throws Exception {
    start(new Tweaks().perMinute(1));

    assertThat(get("/v1/scans/x/verdict").statusCode()).isEqualTo(202);
    assertThat(get("/v1/scans/x/verdict").statusCode()).isEqualTo(202);
  }
}
