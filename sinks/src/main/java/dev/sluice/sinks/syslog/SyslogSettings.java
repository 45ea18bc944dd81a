package dev.sluice.sinks.syslog;

import dev.sluice.settings.Setting;
import java.time.Duration;

/** Where a syslog sink sends to, at {@code sinks.NAME.syslog}. */
public record SyslogSettings(
    @Setting(doc = "Receiver, for example syslog.example.org.") String host,
    @Setting(value = "0", doc = "Its port; 0 is 6514 with TLS, 601 with TCP and 514 with UDP.")
        int port,
    @Setting(
            value = "TLS",
            doc =
                "TLS, or in plain text TCP or UDP. Over UDP messages may be lost and nobody says so.")
        Transport transport,
    @Setting(value = "LOCAL0", doc = "Facility, for example LOCAL0 or AUTHPRIV.") Facility facility,
    @Setting(value = "sluice", doc = "APP-NAME, at most 48 printable ASCII characters.")
        String appName,
    @Setting(doc = "HOSTNAME of the messages; empty is the name of this machine.") String hostname,
    @Setting(
            value = "sluice@32473",
            doc =
                "SD-ID of the structured data. 32473 is the enterprise number kept for documentation (RFC 5612); if you have one of your own, set it.")
        String sdId,
    @Setting(
            value = "0",
            doc =
                "Longest message in bytes, 480 to 65000; 0 is 8192, and 1180 over UDP. What is longer is cut at its end.")
        int maxBytes,
    @Setting(value = "3s", doc = "Longest time to connect, TLS included.") Duration connectTimeout,
    @Setting(
            value = "8s",
            doc =
                "Longest time of a whole delivery, at most 9s: one under way must end before its partition is given away.")
        Duration timeout,
    @Setting(value = "false", doc = "Whether addresses of private networks may be reached.")
        boolean allowPrivate,
    @Setting(value = "false", doc = "Whether this machine itself may be reached.")
        boolean allowLoopback,
    @Setting(
            value = "false",
            doc =
                "Whether TCP or UDP may be used beyond this machine, where everybody can read and forge it.")
        boolean allowPlain) {

  private static final Duration LONGEST = Duration.ofSeconds(9);
  private static final int SMALLEST = 480;
  private static final int LARGEST = 65_000;

  public SyslogSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
    }
    if (!appName.matches("[!-~]{1,48}")) {
      throw new IllegalArgumentException("app-name must be 1 to 48 printable ASCII characters");
    }
    // Names without an @ are the IANA's to give (RFC 5424, 6.3.2).
    if (!sdId.matches("[!-~&&[^=\\]\"@]]{1,22}@[0-9.]{1,9}")) {
      throw new IllegalArgumentException(
          "sd-id must be a name, @ and an enterprise number, for example sluice@32473");
    }
    if (maxBytes != 0 && (maxBytes < SMALLEST || maxBytes > LARGEST)) {
      throw new IllegalArgumentException(
          "max-bytes must be 0 or %d to %d, not %d".formatted(SMALLEST, LARGEST, maxBytes));
    }
    if (timeout.compareTo(LONGEST) > 0 || timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be more than 0 and at most 9s");
    }
    if (connectTimeout.isNegative() || connectTimeout.isZero()) {
      throw new IllegalArgumentException("connect-timeout must be more than 0");
    }
  }

  /** Longest message in bytes, with the default filled in. */
  int longest() {
    return maxBytes == 0 ? transport.longest : maxBytes;
  }

  /** The port, with the default filled in. */
  int portOrUsual() {
    return port == 0 ? transport.usual : port;
  }

  /**
   * How messages travel, with the port that IANA has for it. Every receiver takes 8,192 bytes over
   * TLS that follows RFC 5425, 4.3.1, and 1,180 over UDP that follows RFC 5426, 3.2.
   */
  public enum Transport {
    TLS(6514, 8_192),
    TCP(601, 8_192),
    UDP(514, 1_180);

    private final int usual;
    private final int longest;

    Transport(int usual, int longest) {
      this.usual = usual;
      this.longest = longest;
    }
  }

  /** Facilities in the order of their codes (RFC 5424, table 1). */
  public enum Facility {
    KERN,
    USER,
    MAIL,
    DAEMON,
    AUTH,
    SYSLOG,
    LPR,
    NEWS,
    UUCP,
    CRON,
    AUTHPRIV,
    FTP,
    NTP,
    AUDIT,
    ALERT,
    CLOCK,
    LOCAL0,
    LOCAL1,
    LOCAL2,
    LOCAL3,
    LOCAL4,
    LOCAL5,
    LOCAL6,
    LOCAL7
  }
}
