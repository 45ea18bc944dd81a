package dev.sluice.sinks.syslog;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionItem;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkContext;
import dev.sluice.sinks.SinkDescriptor;
import dev.sluice.sinks.SinkDescriptor.Wants;
import dev.sluice.sinks.SinkEnvironment;
import dev.sluice.sinks.SinkSettings;
import dev.sluice.sinks.SinkType;
import dev.sluice.sinks.http.AddressGuard;
import dev.sluice.sinks.http.RefusedAddressException;
import dev.sluice.sinks.syslog.SyslogSettings.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import javax.net.ssl.SSLSocketFactory;

/** Sends each event as one syslog message. */
public final class SyslogSink implements Sink {
  public static final SinkType TYPE =
      new SinkType(
          new SinkDescriptor(
              "syslog",
              "Syslog",
              SyslogSettings.class,
              Wants.EVERY_EVENT,
              true,
              false,
              "At least once over TLS and TCP, every attempt with the same event in its structured"
                  + " data; over UDP what is lost is lost, and nobody says so."),
          (settings, environment) ->
              open(settings, environment, (SSLSocketFactory) SSLSocketFactory.getDefault()));

  private final SyslogSettings settings;
  private final String hostname;
  private final SyslogSender sender;

  private SyslogSink(SyslogSettings settings, String hostname, SyslogSender sender) {
    this.settings = settings;
    this.hostname = hostname;
    this.sender = sender;
  }

  /** With certificates that are trusted in place of the JVM's. */
  static Sink open(
      SinkSettings settings, SinkEnvironment environment, SSLSocketFactory certificates) {
    SyslogSettings own = settings.syslog();
    String key = "sinks." + environment.name() + ".syslog.";
    if (own.host() == null || !own.host().matches("[A-Za-z0-9._:\\[\\]-]+")) {
      throw new IllegalArgumentException(key + "host: no name of a receiver");
    }
    boolean here =
        own.host().equals("localhost")
            || own.host().startsWith("127.")
            || own.host().equals("[::1]");
    boolean plain = own.transport() != Transport.TLS;
    if (plain && !own.allowPlain() && !(here && own.allowLoopback())) {
      throw new IllegalArgumentException(
          "%stransport: %s would be sent in plain text; use TLS, or set allow-plain"
              .formatted(key, own.transport()));
    }
    AddressGuard guard = AddressGuard.of(own.allowPrivate(), own.allowLoopback());
    SyslogSender sender =
        own.transport() == Transport.UDP
            ? new UdpSender(own, guard)
            : new StreamSender(own, guard, certificates);
    return new SyslogSink(own, hostname(own), sender);
  }

  private static String hostname(SyslogSettings settings) {
    if (settings.hostname() != null && !settings.hostname().isBlank()) {
      return settings.hostname();
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A machine without a name writes the sign for none.
      return "-";
    }
  }

  @Override
  public Delivery deliver(ActionItem item, ActionEvent event, SinkContext context) {
    try {
      sender.send(SyslogMessage.of(settings, hostname, item, event));
      return Delivery.delivered();
    } catch (IOException e) {
      String detail =
          e instanceof RefusedAddressException
              ? "refused: " + e.getMessage()
              : e.getClass().getSimpleName();
      return Delivery.retry(
          "no answer from %s:%d: %s".formatted(settings.host(), settings.portOrUsual(), detail));
    }
  }

  @Override
  public void close() {
    sender.close();
  }
}
