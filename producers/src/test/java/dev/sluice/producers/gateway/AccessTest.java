package dev.sluice.producers.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.producers.publish.PublishRequest;
import dev.sluice.producers.token.IssuedToken;
import dev.sluice.producers.token.IssuedToken.Act;
import dev.sluice.producers.token.NewToken;
import dev.sluice.producers.token.Role;
import dev.sluice.producers.token.TokenFile;
import dev.sluice.producers.token.TokenSettings;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessTest extends GatewayFixture {
  @TempDir Path directory;

  @Test
  void refusesToListenForOthersWithoutTokens() {
    assertThatThrownBy(() -> new Access(new Tweaks().host("0.0.0.0").settings(), () -> now))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sluice tokens create");
  }

  @Test
  void asksForATokenWhereThereAreTokens() throws Exception {
    start(new Tweaks().token("ci", Role.PUBLISH, "docker.io"));

    HttpResponse<String> none = post("/v1/scans", "{}");
    HttpResponse<String> wrong = postAs("not-" + TOKEN, "/v1/scans", "{}");
    HttpResponse<String> right = postAs(TOKEN, "/v1/scans", "{}");

    assertProblem(none, 401, "unauthorized");
    assertThat(none.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"sluice\"");
    assertProblem(wrong, 401, "unauthorized");
    assertThat(wrong.body()).doesNotContain(TOKEN);
    assertThat(right.statusCode()).isEqualTo(202);
    assertThat(publisher.requests).extracting(PublishRequest::publisher).containsExactly("ci");
  }

  @Test
  void aTokenThatMayOnlyViewMayNotPublish() throws Exception {
    start(new Tweaks().token("dashboard", Role.VIEW, "*"));

    assertProblem(postAs(TOKEN, "/v1/scans", "{}"), 403, "forbidden");
    assertThat(publisher.requests).isEmpty();
  }

  @Test
  void aTokenIsForItsAssetsOnly() throws Exception {
    start(new Tweaks().token("ci", Role.PUBLISH, "ghcr.io/acme"));

    assertProblem(postAs(TOKEN, "/v1/scans", "{}"), 403, "forbidden");
  }

  @Test
  void followsTheTokenFileWhileItRuns() throws Exception {
    TokenFile file = new TokenFile(directory.resolve("tokens.jsonl"));
    start(new Tweaks().tokenFile(file.path()));
    NewToken token = NewToken.random(new SecureRandom());
    assertThat(post("/v1/scans", "{}").statusCode()).as("open before").isEqualTo(202);

    file.add(issued("ci", token, now.plusSeconds(60)));
    assertProblem(post("/v1/scans", "{}"), 401, "unauthorized");
    assertThat(postAs(token.reveal(), "/v1/scans", "{}").statusCode()).isEqualTo(202);

    file.revoke("ci", new Act(now, "ann", "was in a log"));
    assertProblem(postAs(token.reveal(), "/v1/scans", "{}"), 401, "unauthorized");
    assertProblem(post("/v1/scans", "{}"), 401, "unauthorized");
    Files.delete(file.path());
    assertProblem(post("/v1/scans", "{}"), 401, "unauthorized");
    assertThat(publisher.requests).extracting(PublishRequest::publisher).contains("ci");
  }

  @Test
  void refusesATokenThatHasExpired() throws Exception {
    TokenFile file = new TokenFile(directory.resolve("tokens.jsonl"));
    NewToken token = NewToken.random(new SecureRandom());
    file.add(issued("ci", token, now.plusSeconds(60)));
    start(new Tweaks().tokenFile(file.path()));
    assertThat(postAs(token.reveal(), "/v1/scans", "{}").statusCode()).isEqualTo(202);

    now = now.plusSeconds(60);

    JsonNode problem =
        assertProblem(postAs(token.reveal(), "/v1/scans", "{}"), 401, "unauthorized");
    assertThat(problem.get("detail").asText()).contains("expired");
  }

  @Test
  void letsNobodyInByATokenFileThatItCannotRead() throws Exception {
    TokenFile file = new TokenFile(directory.resolve("tokens.jsonl"));
    NewToken token = NewToken.random(new SecureRandom());
    file.add(issued("ci", token, null));
    start(new Tweaks().tokenFile(file.path()).token("old", Role.PUBLISH, "*"));

    Files.writeString(file.path(), "{\"act\":");

    assertProblem(postAs(token.reveal(), "/v1/scans", "{}"), 503, "unavailable");
    assertThat(postAs(TOKEN, "/v1/scans", "{}").statusCode()).isEqualTo(202);
    assertThatThrownBy(() -> new Access(new Tweaks().tokenFile(file.path()).settings(), () -> now))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tokens.jsonl, line 1");
  }

  private static IssuedToken issued(String name, NewToken token, Instant expires) {
    TokenSettings grant = new TokenSettings(token.sha256(), Role.PUBLISH, List.of("docker.io/*"));
    return new IssuedToken(name, grant, new Act(Instant.EPOCH, "alex", null), expires, null);
  }

  @Test
  void aPrefixEndsAtASlash() {
    Caller caller = new Caller("ci", Role.PUBLISH, List.of("github.com/acme", "deployment:prod/"));

    assertThat(caller.covers("github.com/acme")).isTrue();
    assertThat(caller.covers("github.com/acme/pay")).isTrue();
    assertThat(caller.covers("github.com/acme-labs/pay")).isFalse();
    assertThat(caller.covers("deployment:prod/shop")).isTrue();
    assertThat(caller.covers("deployment:production/shop")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example",
        "Host: localhost.evil.example:80",
        "Host: 127.0.0.1.evil.example",
        "Host: localhost\r\nOrigin: https://evil.example",
        "Host: localhost\r\nOrigin: null",
        "Host: localhost\r\nSec-Fetch-Site: cross-site",
        "Host: localhost\r\nSec-Fetch-Site: same-site",
        "Host: localhost\r\nX-Forwarded-For: 203.0.113.9"
      })
  void keepsOtherSitesOutOnLoopback(String headers) throws Exception {
    start(new Tweaks());

    try (Socket socket =
        open("POST /v1/scans HTTP/1.1\r\n" + headers + "\r\nContent-Length: 2\r\n\r\n{}")) {
      assertThat(statusLine(socket)).contains("403");
    }
    assertThat(publisher.requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:8480", "127.0.0.1:1", "[::1]:8480"})
  void knowsTheNamesOfThisMachine(String host) throws Exception {
    start(new Tweaks());

    try (Socket socket = open("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\n\r\n")) {
      assertThat(statusLine(socket)).contains("200");
    }
  }
}
