package dev.sluice.sinks.http;

import java.util.Map;

/**
 * One request to a path under a destination.
 *
 * @param method in capitals
 * @param path with query, escaped, from its first slash; empty is the destination itself
 * @param body null for none
 * @param contentType of the body
 * @param limit bytes of the answer's body that are read
 */
public record HttpCall(
    String method,
    String path,
    Map<String, String> headers,
    byte[] body,
    String contentType,
    int limit) {
  public HttpCall {
    headers = Map.copyOf(headers);
    if (!path.isEmpty() && !path.startsWith("/")) {
      throw new IllegalArgumentException("a path starts with a slash");
    }
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1, not " + limit);
    }
  }
}
