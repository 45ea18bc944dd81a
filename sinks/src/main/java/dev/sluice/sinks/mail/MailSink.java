package dev.sluice.sinks.mail;

import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.SinkDescriptor;
import dev.sluice.sinks.SinkDescriptor.Wants;
import dev.sluice.sinks.SinkEnvironment;
import dev.sluice.sinks.SinkSettings;
import dev.sluice.sinks.SinkType;
import dev.sluice.sinks.alert.Alert;
import dev.sluice.sinks.alert.AlertContext;
import dev.sluice.sinks.alert.AlertSink;
import java.time.Clock;
import javax.net.ssl.SSLSocketFactory;

/** Sends each alert as one mail, in plain text and HTML. */
public final class MailSink implements AlertSink {
  public static final SinkType TYPE =
      SinkType.ofAlerts(
          new SinkDescriptor(
              "mail",
              "E-mail",
              MailSettings.class,
              Wants.EVERY_EVENT,
              true,
              false,
              "One mail for each alert; where the server's answer was lost it is sent again under"
                  + " the same Message-ID, by which many mailboxes show it once."),
          MailSink::open);

  private final Letterhead letterhead;
  private final SmtpClient client;
  private final Clock clock;

  private MailSink(Letterhead letterhead, SmtpClient client, Clock clock) {
    this.letterhead = letterhead;
    this.client = client;
    this.clock = clock;
  }

  private static AlertSink open(SinkSettings settings, SinkEnvironment environment) {
    return open(settings, environment, (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  /** With certificates that a test trusts. */
  static AlertSink open(
      SinkSettings settings, SinkEnvironment environment, SSLSocketFactory certificates) {
    String key = "sinks." + environment.name() + ".mail.";
    MailSettings own = settings.mail();
    return new MailSink(
        Letterhead.of(key, own), SmtpClient.of(key, own, certificates), environment.clock());
  }

  @Override
  public Delivery deliver(Alert alert, AlertContext context) {
    return client.send(session -> letterhead.letter(session, alert, clock.instant()));
  }

  @Override
  public void close() {
    client.close();
  }
}
