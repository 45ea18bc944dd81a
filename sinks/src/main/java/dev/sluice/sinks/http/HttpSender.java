package dev.sluice.sinks.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends requests to one destination. It retries nothing and keeps no cookies; it follows 307 and
 * 308 on the same scheme, host and port alone, at most three times. Certificates are verified
 * against the JVM's trust store. Thread safe.
 */
public final class HttpSender implements AutoCloseable {
  /** Bytes of an answer's body that are read where a call does not say, 64 KiB. */
  public static final int MAX_BODY = 64 * 1024;

  private static final int MAX_REDIRECTS = 3;

  private final Destination destination;
  private final Duration timeout;
  private final CloseableHttpClient client;
  private final ScheduledThreadPoolExecutor deadlines;

  /**
   * @param connections most connections at once: the sink's concurrency
   */
  public HttpSender(Destination destination, HttpSettings settings, int connections) {
    this(destination, settings, connections, AddressGuard.of(settings));
  }

  HttpSender(Destination destination, HttpSettings settings, int connections, AddressGuard guard) {
    this.destination = destination;
    this.timeout = settings.timeout();
    Timeout whole = Timeout.of(timeout);
    Timeout connect = Timeout.of(settings.connectTimeout());
    PoolingHttpClientConnectionManager pool =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(guard)
            .setMaxConnTotal(connections)
            .setMaxConnPerRoute(connections)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(connect)
                    .setSocketTimeout(whole)
                    .build())
            .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(connect).build())
            .build();
    this.client =
        HttpClients.custom()
            .setConnectionManager(pool)
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setResponseTimeout(whole)
                    .setConnectionRequestTimeout(whole)
                    .build())
            .setUserAgent("sluice")
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .build();
    this.deadlines =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "http-deadlines");
              thread.setDaemon(true);
              return thread;
            });
    deadlines.setRemoveOnCancelPolicy(true);
  }

  /**
   * Posts a body to the destination.
   *
   * @throws IOException if no answer came within the time limit; the receiver may have acted
   */
  public HttpReply post(Map<String, String> headers, byte[] body, String contentType)
      throws IOException {
    return send(destination.url(), new HttpCall("POST", "", headers, body, contentType, MAX_BODY));
  }

  /**
   * Sends a call to a path under the destination.
   *
   * @throws IOException if no answer came within the time limit; the receiver may have acted
   */
  public HttpReply send(HttpCall call) throws IOException {
    return send(destination.at(call.path()), call);
  }

  private HttpReply send(URI first, HttpCall call) throws IOException {
    URI target = first;
    for (int hop = 0; ; hop++) {
      HttpUriRequestBase request = new HttpUriRequestBase(call.method(), target);
      call.headers().forEach(request::setHeader);
      if (call.body() != null) {
        request.setEntity(new ByteArrayEntity(call.body(), ContentType.parse(call.contentType())));
      }
      Exchange exchange = exchange(request, target, call.limit());
      Optional<URI> next = exchange.next(target);
      if (next.isEmpty() || hop == MAX_REDIRECTS || !destination.mayFollow(next.get())) {
        return exchange.reply();
      }
      target = next.get();
    }
  }

  @Override
  public void close() {
    deadlines.shutdownNow();
    client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
  }

  private record Exchange(HttpReply reply, Optional<String> location) {
    Optional<URI> next(URI from) {
      if (reply.status() != 307 && reply.status() != 308) {
        return Optional.empty();
      }
      try {
        return location.map(from::resolve);
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }

  private Exchange exchange(HttpUriRequestBase request, URI target, int limit) throws IOException {
    // A receiver that answers a byte a second keeps every socket timeout and no deadline.
    ScheduledFuture<?> deadline =
        deadlines.schedule(request::cancel, timeout.toMillis(), TimeUnit.MILLISECONDS);
    String name = target.getHost().replaceAll("[\\[\\]]", "");
    HttpHost host = new HttpHost(target.getScheme(), name, target.getPort());
    try (ClassicHttpResponse response = client.executeOpen(host, request, null)) {
      HttpEntity entity = response.getEntity();
      byte[] body = entity == null ? new byte[0] : entity.getContent().readNBytes(limit + 1);
      // One byte more than is kept, so that a cut is known; the rest is never read.
      boolean truncated = body.length > limit;
      return new Exchange(
          new HttpReply(
              response.getCode(),
              header(response, "Retry-After"),
              headers(response),
              truncated ? Arrays.copyOf(body, limit) : body,
              truncated),
          header(response, "Location"));
    } catch (IOException | RuntimeException e) {
      if (request.isCancelled()) {
        InterruptedIOException late =
            new InterruptedIOException("no whole answer within " + timeout);
        late.initCause(e);
        throw late;
      }
      if (e instanceof RuntimeException unexpected) {
        throw unexpected;
      }
      throw (IOException) e;
    } finally {
      deadline.cancel(false);
    }
  }

  private static Map<String, String> headers(ClassicHttpResponse response) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : response.getHeaders()) {
      headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
    }
    return headers;
  }

  private static Optional<String> header(ClassicHttpResponse response, String name) {
    Header header = response.getFirstHeader(name);
    return Optional.ofNullable(header).map(Header::getValue);
  }
}
