package dev.sluice.registry;

import dev.sluice.settings.SecretValue;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/**
 * Settings of the HTTP client under Confluent's own keys. As there, a client key may carry the
 * prefix {@code schema.registry.}, which wins over the bare key.
 *
 * @param urls base URLs without credentials, in the order in which they are tried
 * @param authorization value of the Authorization header, if there is one
 * @param tls stores for TLS; nothing set means the JVM's own
 * @param connectTimeout limit for one connection
 * @param requestTimeout limit for one request to one URL
 * @param retries rounds over all URLs after the first, at least 0
 * @param retryWait wait before the first of them, doubled each time
 * @param retryMaxWait upper limit of that wait
 * @param missingIdTtl how long an unknown id is remembered as unknown
 */
record ClientConfig(
    List<URI> urls,
    Optional<SecretValue> authorization,
    TlsStores tls,
    Duration connectTimeout,
    Duration requestTimeout,
    int retries,
    Duration retryWait,
    Duration retryMaxWait,
    Duration missingIdTtl) {

  static final String URL = "schema.registry.url";
  private static final String PREFIX = "schema.registry.";

  ClientConfig {
    urls = List.copyOf(urls);
  }

  static ClientConfig of(Map<String, ?> configs) {
    Keys keys = new Keys(configs);
    List<URI> withUserInfo = urls(keys);
    return new ClientConfig(
        withUserInfo.stream().map(ClientConfig::withoutUserInfo).toList(),
        authorization(keys, withUserInfo),
        TlsStores.of(keys),
        keys.millis("http.connect.timeout.ms", 10_000),
        keys.millis("request.timeout.ms", keys.millis("http.read.timeout.ms", 30_000).toMillis()),
        keys.number("max.retries", 3),
        keys.millis("retries.wait.ms", 500),
        keys.millis("retries.max.wait.ms", 10_000),
        Duration.ofSeconds(keys.number("missing.id.cache.ttl.sec", 5)));
  }

  private static List<URI> urls(Keys keys) {
    List<URI> urls = new ArrayList<>();
    for (String text : keys.text("url", "").split(",")) {
      String url = text.strip().replaceAll("/+$", "");
      if (url.isEmpty()) {
        continue;
      }
      URI uri;
      try {
        uri = URI.create(url);
      } catch (IllegalArgumentException e) {
        // The text is not repeated: it may hold a password.
        throw new ConfigException(URL + " holds something that is not a URL");
      }
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if (!scheme.equals("http") && !scheme.equals("https") || uri.getHost() == null) {
        throw new ConfigException(
            URL + " must hold http or https URLs with a host, such as http://127.0.0.1:8081");
      }
      urls.add(uri);
    }
    if (urls.isEmpty()) {
      throw new ConfigException(URL + " is not set: give one or more URLs, comma separated");
    }
    return urls;
  }

  private static Optional<SecretValue> authorization(Keys keys, List<URI> urls) {
    String bearer = keys.text("bearer.auth.credentials.source", "").toUpperCase(Locale.ROOT);
    if (bearer.equals("STATIC_TOKEN")) {
      return Optional.of(SecretValue.of("Bearer " + keys.required("bearer.auth.token")));
    }
    if (!bearer.isEmpty()) {
      throw new ConfigException(
          "bearer.auth.credentials.source must be STATIC_TOKEN, the one that is supported");
    }
    String source = keys.text("basic.auth.credentials.source", "URL").toUpperCase(Locale.ROOT);
    return switch (source) {
      case "URL" ->
          urls.stream()
              .map(URI::getUserInfo)
              .filter(info -> info != null && !info.isEmpty())
              .findFirst()
              .map(ClientConfig::basic);
      case "USER_INFO" -> Optional.of(basic(keys.required("basic.auth.user.info")));
      default ->
          throw new ConfigException(
              "basic.auth.credentials.source must be URL or USER_INFO, not " + source);
    };
  }

  private static SecretValue basic(String userInfo) {
    byte[] bytes = userInfo.getBytes(StandardCharsets.UTF_8);
    return SecretValue.of("Basic " + Base64.getEncoder().encodeToString(bytes));
  }

  private static URI withoutUserInfo(URI uri) {
    if (uri.getRawUserInfo() == null) {
      return uri;
    }
    return URI.create(uri.toString().replaceFirst("//[^/@]*@", "//"));
  }

  /** Reads keys with or without prefix. Error messages name the key and never the value. */
  record Keys(Map<String, ?> configs) {
    String text(String key, String otherwise) {
      Object value = configs.get(PREFIX + key);
      if (value == null && !key.equals("url")) {
        value = configs.get(key);
      }
      if (value == null) {
        return otherwise;
      }
      if (value instanceof List<?> list) {
        return String.join(",", list.stream().map(String::valueOf).toList());
      }
      // Kafka wraps passwords in a type of its own that prints stars.
      return value instanceof org.apache.kafka.common.config.types.Password password
          ? password.value()
          : value.toString().strip();
    }

    String required(String key) {
      String value = text(key, "");
      if (value.isEmpty()) {
        throw new ConfigException(key + " is not set");
      }
      return value;
    }

    int number(String key, int otherwise) {
      String value = text(key, "");
      if (value.isEmpty()) {
        return otherwise;
      }
      try {
        int number = Integer.parseInt(value);
        if (number >= 0) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Told below, together with negative numbers.
      }
      throw new ConfigException(key + " must be a whole number from 0 to " + Integer.MAX_VALUE);
    }

    Duration millis(String key, long otherwise) {
      return Duration.ofMillis(number(key, Math.toIntExact(otherwise)));
    }
  }
}
