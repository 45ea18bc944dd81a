package dev.sluice.sinks.mail;

import dev.sluice.settings.SecretValue;
import dev.sluice.settings.Setting;
import java.time.Duration;
import java.util.List;

/** How a mail sink sends, at {@code sinks.NAME.mail}. */
public record MailSettings(
    @Setting(doc = "Mail server that takes the mail, for example smtp.example.org.") String host,
    @Setting(
            value = "0",
            doc = "Its port; 0 is 587 with STARTTLS, 465 with TLS and 25 without either.")
        int port,
    @Setting(
            value = "STARTTLS",
            doc =
                "STARTTLS (required, never left out), TLS from the first byte, or NONE, for a server on this machine alone.")
        Tls tls,
    @Setting(doc = "User to log in as; empty logs in not at all.") String user,
    @Setting(doc = "Password of the user.") SecretValue password,
    @Setting(doc = "Sender, for example Sluice <sluice@example.org>.") String from,
    @Setting(doc = "Recipients, at most 50; each sees the others.") List<String> to,
    @Setting(
            doc =
                "Name of the list for filters (List-Id), for example sluice.example.org. Empty is sluice and the sender's domain.")
        String listId,
    @Setting(value = "3s", doc = "Longest time to connect, TLS included.") Duration connectTimeout,
    @Setting(
            value = "8s",
            doc =
                "Longest time of a whole delivery, at most 9s: one under way must end before its partition is given away.")
        Duration timeout,
    @Setting(value = "false", doc = "Whether addresses of private networks may be reached.")
        boolean allowPrivate,
    @Setting(value = "false", doc = "Whether this machine itself may be reached.")
        boolean allowLoopback) {

  private static final Duration LONGEST = Duration.ofSeconds(9);

  public MailSettings {
    to = to == null ? List.of() : to.stream().map(String::strip).toList();
    if (timeout.compareTo(LONGEST) > 0 || timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be more than 0 and at most 9s");
    }
    if (connectTimeout.isNegative() || connectTimeout.isZero()) {
      throw new IllegalArgumentException("connect-timeout must be more than 0");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
    }
  }

  /** How the connection is encrypted. */
  public enum Tls {
    STARTTLS(587),
    TLS(465),
    NONE(25);

    private final int usual;

    Tls(int usual) {
      this.usual = usual;
    }

    int port(int set) {
      return set == 0 ? usual : set;
    }
  }
}
