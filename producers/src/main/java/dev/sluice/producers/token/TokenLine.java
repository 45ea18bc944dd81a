package dev.sluice.producers.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.producers.token.IssuedToken.Act;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A line of the token file: somebody made a token, or took one away. A field that is not known is
 * an error, because it could be a limit that this release does not keep.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TokenLine(
    String act,
    String at,
    String by,
    String reason,
    String name,
    String sha256,
    String role,
    List<String> assets,
    String expires) {

  static final String CREATE = "create";
  static final String REVOKE = "revoke";
  private static final JsonMapper MAPPER = new JsonMapper();

  static TokenLine of(IssuedToken token) {
    TokenSettings grant = token.grant();
    Act made = token.created();
    return new TokenLine(
        CREATE,
        made.at().toString(),
        made.by(),
        made.reason(),
        token.name(),
        grant.sha256(),
        grant.role().name().toLowerCase(Locale.ROOT),
        grant.assets(),
        token.expires() == null ? null : token.expires().toString());
  }

  static TokenLine revoked(String name, Act act) {
    return new TokenLine(
        REVOKE, act.at().toString(), act.by(), act.reason(), name, null, null, null, null);
  }

  /**
   * @throws IllegalArgumentException if it is none; the message does not repeat the line
   */
  static TokenLine parse(String text) {
    try {
      TokenLine line = MAPPER.readValue(text, TokenLine.class);
      if (line == null || line.name == null || line.by == null || line.at == null) {
        throw new IllegalArgumentException("name, by and at are needed");
      }
      return line;
    } catch (JacksonException e) {
      throw new IllegalArgumentException("it is no line that this release knows", e);
    }
  }

  String json() {
    try {
      return MAPPER.writeValueAsString(this);
    } catch (JacksonException e) {
      throw new IllegalStateException("texts can always be written as JSON", e);
    }
  }

  Act what() {
    return new Act(instant("at", at), by, reason);
  }

  IssuedToken token() {
    Role known;
    try {
      known = Role.valueOf(role.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new IllegalArgumentException("role is none of view, publish, accept, admin", e);
    }
    Instant end = expires == null ? null : instant("expires", expires);
    return new IssuedToken(name, new TokenSettings(sha256, known, assets), what(), end, null);
  }

  private static Instant instant(String field, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(field + " is no time such as 2026-01-31T12:00:00Z", e);
    }
  }
}
