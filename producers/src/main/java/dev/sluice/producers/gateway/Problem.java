package dev.sluice.producers.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;

/**
 * An answer that is not what was asked for (RFC 9457): what is wrong and what to do.
 *
 * @param status HTTP status
 * @param code stable name of the problem, the last part of its {@code type}
 * @param title what sort of problem, the same each time
 * @param detail what is wrong here and what to do about it
 * @param retryAfter seconds after which to try again; 0 where waiting does not help
 */
record Problem(int status, String code, String title, String detail, int retryAfter) {
  static final String TYPE_PREFIX = "urn:sluice:problem:";
  static final String MEDIA_TYPE = "application/problem+json";

  private static final ObjectMapper JSON = new ObjectMapper();

  static Problem badRequest(String detail) {
    return new Problem(400, "bad-request", "A parameter cannot be used", detail, 0);
  }

  static Problem unauthorized(String detail) {
    return new Problem(401, "unauthorized", "A token is needed", detail, 0);
  }

  static Problem forbidden(String detail) {
    return new Problem(403, "forbidden", "Not allowed", detail, 0);
  }

  static Problem slow(String detail) {
    return new Problem(408, "too-slow", "The upload is too slow", detail, 0);
  }

  static Problem tooLarge(String detail) {
    return new Problem(413, "too-large", "The report is too large", detail, 0);
  }

  /** The body has more bytes than a setting allows. */
  static Problem tooLarge(long most, String setting) {
    return tooLarge(
        "a body may have "
            + most
            + " bytes; send it with gzip, split the scan, or raise "
            + setting);
  }

  static Problem mediaType(String detail) {
    return new Problem(415, "media-type", "The body is not sent as a report", detail, 0);
  }

  static Problem unreadable(String detail) {
    return new Problem(422, "unreadable-report", "The report cannot be published", detail, 0);
  }

  static Problem busy(String detail, int retryAfter) {
    return new Problem(429, "busy", "Too many requests at once", detail, retryAfter);
  }

  static Problem internal(String detail) {
    return new Problem(500, "internal", "The gateway failed", detail, 0);
  }

  static Problem unavailable(String detail, int retryAfter) {
    return new Problem(503, "unavailable", "Kafka or the registry is away", detail, retryAfter);
  }

  /** Answers with this. */
  void send(Context ctx) {
    ctx.status(status);
    if (retryAfter > 0) {
      ctx.header("Retry-After", Integer.toString(retryAfter));
    }
    if (status == 401) {
      ctx.header("WWW-Authenticate", "Bearer realm=\"sluice\"");
    }
    // result() after the type, or Javalin adds a charset that the media type does not have.
    ctx.contentType(MEDIA_TYPE)
        .result(json().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  ObjectNode json() {
    return JSON.createObjectNode()
        .put("type", TYPE_PREFIX + code)
        .put("title", title)
        .put("status", status)
        .put("detail", detail);
  }
}
