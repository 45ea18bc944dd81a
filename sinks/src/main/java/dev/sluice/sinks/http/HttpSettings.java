package dev.sluice.sinks.http;

import dev.sluice.settings.Setting;
import java.time.Duration;
import java.util.List;

/** How a sink over HTTP reaches its receiver, at {@code sinks.NAME.TYPE.http}. */
public record HttpSettings(
    @Setting(value = "3s", doc = "Longest time to connect, TLS included.") Duration connectTimeout,
    @Setting(
            value = "8s",
            doc =
                "Longest time of a whole request, at most 9s: one under way must end before its partition is given away.")
        Duration timeout,
    @Setting(
            doc =
                "Hosts that may be reached, by name or as *.example.org. Empty allows the host of the configured URL alone.")
        List<String> allowedHosts,
    @Setting(
            value = "false",
            doc =
                "Whether addresses of private networks may be reached. Link-local ones, where clouds keep credentials, never are.")
        boolean allowPrivate,
    @Setting(value = "false", doc = "Whether this machine itself may be reached.")
        boolean allowLoopback,
    @Setting(
            value = "false",
            doc =
                "Whether plain http may be used beyond this machine, where everybody can read it.")
        boolean allowPlainHttp) {

  private static final Duration LONGEST = Duration.ofSeconds(9);

  public HttpSettings {
    allowedHosts = allowedHosts == null ? List.of() : List.copyOf(allowedHosts);
    if (timeout.compareTo(LONGEST) > 0 || timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be more than 0 and at most 9s");
    }
    if (connectTimeout.isNegative() || connectTimeout.isZero()) {
      throw new IllegalArgumentException("connect-timeout must be more than 0");
    }
  }
}
