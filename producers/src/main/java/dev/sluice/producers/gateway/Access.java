package dev.sluice.producers.gateway;

import dev.sluice.producers.webhook.WebhookKind;
import io.javalin.http.Context;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Decides who a caller is, and keeps web pages out of a gateway that trusts its own machine. */
final class Access {
  private static final Pattern LOOPBACK_HOST =
      Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?");
  private static final int MAX_TOKEN = 1_024;

  private final boolean loopback;
  private final Map<byte[], Caller> tokens = new LinkedHashMap<>();
  private final WebhookSources webhooks;
  private final RateLimit rate;

  /**
   * @throws IllegalArgumentException if others than this machine could come in without a token
   */
  Access(GatewaySettings settings) {
    this.loopback = settings.isLoopback();
    this.webhooks = new WebhookSources(settings.webhooks());
    this.rate = new RateLimit(settings.maxRequestsPerMinute(), System::nanoTime);
    if (!loopback && settings.tokens().isEmpty() && settings.webhooks().isEmpty()) {
      throw new IllegalArgumentException(
          "gateway.host "
              + settings.host()
              + " is reachable from other machines and gateway.tokens is empty; add a token"
              + " (gateway.tokens.NAME.sha256, .role, .assets), a webhook's secret or listen on"
              + " 127.0.0.1");
    }
    settings
        .tokens()
        .forEach(
            (name, token) ->
                tokens.put(
                    HexFormat.of().parseHex(token.sha256()),
                    new Caller(name, token.role(), token.assets())));
  }

  /** Refuses requests that a web page on another site made a browser send. */
  void refuseForeignSites(Context ctx) {
    String host = ctx.header("Host");
    if (loopback && (host == null || !isLoopback(host))) {
      throw new ProblemException(
          Problem.forbidden(
              "the Host header names no address of this machine, as when a web site points its"
                  + " name here; use http://127.0.0.1 or http://localhost"));
    }
    if (isOpen() && isForwarded(ctx)) {
      throw new ProblemException(
          Problem.forbidden(
              "the request was forwarded by a proxy, and without tokens only this machine may"
                  + " come in; configure gateway.tokens"));
    }
    String site = ctx.header("Sec-Fetch-Site");
    boolean foreign = site != null && !site.equals("same-origin") && !site.equals("none");
    String origin = ctx.header("Origin");
    if (foreign || origin != null && !isSame(origin, host)) {
      throw new ProblemException(
          Problem.forbidden("requests from pages of other sites are refused; send it yourself"));
    }
  }

  /** The caller, if it may do what the role allows. */
  Caller require(Context ctx, Role role) {
    Caller caller = identify(ctx.header("Authorization"));
    if (!caller.role().includes(role)) {
      throw new ProblemException(
          Problem.forbidden(
              "this token's role does not allow it; use one with the role "
                  + role.name().toLowerCase(Locale.ROOT)));
    }
    return caller;
  }

  /** Nobody else can come in, so nobody is asked who they are. */
  private boolean isOpen() {
    return loopback && tokens.isEmpty() && webhooks.isEmpty();
  }

  /** Senders of webhooks of this kind; empty, on an open gateway, lets every body of ours in. */
  List<WebhookSources.Source> senders(WebhookKind kind) {
    List<WebhookSources.Source> senders = webhooks.of(kind);
    if (senders.isEmpty() && !isOpen()) {
      throw new ProblemException(
          Problem.unauthorized(
              "no secret for this kind of webhook is configured; set gateway.webhooks.NAME.kind to "
                  + kind.name().toLowerCase(Locale.ROOT)
                  + ", with .secret and .assets"));
    }
    return senders;
  }

  /** The sender that was found, if it is not too fast. */
  Caller admit(WebhookSources.Source sender) {
    rate.count("webhook:" + sender.caller().name());
    return sender.caller();
  }

  private Caller identify(String authorization) {
    if (isOpen()) {
      return Caller.LOCAL;
    }
    if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      throw new ProblemException(
          Problem.unauthorized("send the header Authorization: Bearer TOKEN"));
    }
    String token = authorization.substring(7).strip();
    byte[] hash = token.length() > MAX_TOKEN ? new byte[32] : sha256(token);
    Caller found = null;
    for (Map.Entry<byte[], Caller> known : tokens.entrySet()) {
      // All of them, each in constant time, so that the time tells nothing.
      if (MessageDigest.isEqual(known.getKey(), hash)) {
        found = known.getValue();
      }
    }
    if (found == null) {
      throw new ProblemException(
          Problem.unauthorized("this token is not known; check it, or ask for a new one"));
    }
    rate.count("token:" + found.name());
    return found;
  }

  private static boolean isLoopback(String host) {
    return LOOPBACK_HOST.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  private static boolean isForwarded(Context ctx) {
    return ctx.header("Forwarded") != null || ctx.header("X-Forwarded-For") != null;
  }

  private static boolean isSame(String origin, String host) {
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority != null && authority.equalsIgnoreCase(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
