package dev.sluice.producers.gateway;

import dev.sluice.producers.token.IssuedToken;
import dev.sluice.producers.token.LiveTokens;
import dev.sluice.producers.token.NewToken;
import dev.sluice.producers.token.Role;
import dev.sluice.producers.token.TokenFileException;
import dev.sluice.producers.webhook.WebhookKind;
import io.javalin.http.Context;
import java.net.URI;
import java.security.MessageDigest;
import java.time.InstantSource;
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
  private final LiveTokens issued;
  private final InstantSource clock;
  private final WebhookSources webhooks;
  private final RateLimit rate;

  /**
   * @param clock says which tokens have expired
   * @throws IllegalArgumentException if others than this machine could come in without a token, or
   *     the token file cannot be understood
   */
  Access(GatewaySettings settings, InstantSource clock) {
    this.loopback = settings.isLoopback();
    this.clock = clock;
    this.issued = new LiveTokens(settings.tokenFile());
    this.webhooks = new WebhookSources(settings.webhooks());
    this.rate = new RateLimit(settings.maxRequestsPerMinute(), System::nanoTime);
    List<IssuedToken> made = issued();
    if (!loopback
        && settings.tokens().isEmpty()
        && settings.webhooks().isEmpty()
        && made.isEmpty()) {
      throw new IllegalArgumentException(
          "gateway.host "
              + settings.host()
              + " is reachable from other machines and there is no token; make one (sluice tokens"
              + " create), configure one (gateway.tokens.NAME.sha256, .role, .assets) or a"
              + " webhook's secret, or listen on 127.0.0.1");
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
                  + " come in; make one with sluice tokens create"));
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
    return loopback && tokens.isEmpty() && webhooks.isEmpty() && !issued.isUsed();
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
    byte[] hash = token.length() > MAX_TOKEN ? new byte[32] : NewToken.hash(token);
    Caller found = configured(hash);
    if (found == null) {
      found = issued(hash);
    }
    if (found == null) {
      throw new ProblemException(
          Problem.unauthorized("this token is not known; check it, or ask for a new one"));
    }
    rate.count("token:" + found.name());
    return found;
  }

  private Caller configured(byte[] hash) {
    Caller found = null;
    for (Map.Entry<byte[], Caller> known : tokens.entrySet()) {
      // All of them, each in constant time, so that the time tells nothing.
      if (MessageDigest.isEqual(known.getKey(), hash)) {
        found = known.getValue();
      }
    }
    return found;
  }

  private Caller issued(byte[] hash) {
    List<IssuedToken> known;
    try {
      known = issued.all();
    } catch (TokenFileException e) {
      // Whom it lets in is not known, so nobody comes in by it; the log says what to mend.
      throw new ProblemException(
          new Problem(
              503,
              "unavailable",
              "Tokens cannot be checked",
              "the token file cannot be used; the gateway's log says why",
              30));
    }
    IssuedToken found = null;
    for (IssuedToken each : known) {
      if (MessageDigest.isEqual(HexFormat.of().parseHex(each.grant().sha256()), hash)) {
        found = each;
      }
    }
    if (found == null || found.revoked() != null) {
      return null;
    }
    if (found.isExpired(clock.instant())) {
      throw new ProblemException(
          Problem.unauthorized("this token expired at " + found.expires() + "; ask for a new one"));
    }
    return new Caller(found.name(), found.grant().role(), found.grant().assets());
  }

  private List<IssuedToken> issued() {
    try {
      return issued.all();
    } catch (TokenFileException e) {
      throw new IllegalArgumentException("gateway.token-file: " + e.getMessage(), e);
    }
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
}
