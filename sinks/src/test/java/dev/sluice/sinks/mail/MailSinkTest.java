package dev.sluice.sinks.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.sinks.Defaults;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Golden;
import dev.sluice.sinks.Samples;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkContract;
import dev.sluice.sinks.SinkEnvironment;
import dev.sluice.sinks.SinkSettings;
import dev.sluice.sinks.SinkType;
import dev.sluice.sinks.alert.Alert;
import dev.sluice.sinks.alert.AlertContext;
import dev.sluice.sinks.alert.AlertDraft;
import dev.sluice.sinks.alert.AlertKind;
import dev.sluice.sinks.alert.AlertSink;
import dev.sluice.sinks.alert.Alerts;
import dev.sluice.sinks.alert.SingleAlerts;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MailSinkTest extends SinkContract {
  private static SSLContext certificates;

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  /** A certificate for 127.0.0.1, and who trusts it. */
  @BeforeAll
  static void makeACertificate(@TempDir Path dir) throws Exception {
    Path store = dir.resolve("identity.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String arguments =
        "-genkeypair -alias one -keyalg EC -dname CN=127.0.0.1 -ext SAN=ip:127.0.0.1"
            + " -storetype PKCS12 -storepass changeit -keystore "
            + store;
    List<String> command = new ArrayList<>(List.of(keytool));
    command.addAll(List.of(arguments.split(" ")));
    assertThat(
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("keytool.log").toFile())
                .start()
                .waitFor())
        .isZero();
    KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    KeyManagerFactory mine = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    mine.init(keys, "changeit".toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    certificates = SSLContext.getInstance("TLS");
    certificates.init(mine.getKeyManagers(), trust.getTrustManagers(), null);
  }

  @Override
  protected SinkType type() {
    return MailSink.TYPE;
  }

  @Override
  protected Sink open() {
    return new SingleAlerts(alerts(Map.of()));
  }

  @Override
  protected String received() {
    return Stream.of(server.getReceivedMessages())
        .map(MailSinkTest::decoded)
        .collect(Collectors.joining("\n"));
  }

  @BeforeEach
  void startServer() {
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop();
  }

  @Test
  void mailsAreAsDocumented() throws Exception {
    StringBuilder golden = new StringBuilder();
    try (AlertSink sink = alerts(Map.of())) {
      for (Alert alert : Alerts.all()) {
        assertThat(send(sink, alert).outcome()).isEqualTo("delivered");
      }
    }
    for (MimeMessage mail : server.getReceivedMessagesForDomain("team@example.org")) {
      for (String name :
          List.of(
              "From",
              "To",
              "Subject",
              "Date",
              "Message-ID",
              "In-Reply-To",
              "References",
              "List-Id",
              "Auto-Submitted",
              "X-Auto-Response-Suppress")) {
        String value = mail.getHeader(name, null);
        golden.append(name).append(": ");
        golden.append(name.equals("Date") ? mail.getSentDate().toInstant() : value).append('\n');
      }
      golden.append('\n').append(part(mail, 0)).append('\n').append(part(mail, 1)).append('\n');
    }
    Golden.check("mail.txt", golden.toString().replace("\r\n", "\n"));
  }

  @Test
  void aRepeatHasTheSameMessageIdAndMailsOfOneItemShareAThread() throws Exception {
    ActionEvent opened = Samples.event("a", 1, 1, ActionEventType.OPENED);
    deliver(opened);
    deliver(opened);
    deliver(Samples.event("a", 1, 2, ActionEventType.RESOLVED));
    deliver(Samples.event("b", 1, 1, ActionEventType.OPENED));
    List<String> ids = headers("Message-ID");
    assertThat(ids.get(0)).matches("<[0-9a-f]{32}@example.org>").isEqualTo(ids.get(1));
    assertThat(ids.get(2)).isNotEqualTo(ids.get(0));
    List<String> threads = headers("References");
    assertThat(threads.get(0)).isEqualTo(threads.get(2)).isNotEqualTo(threads.get(3));
  }

  @Test
  void noTextAddsAHeaderOrARecipientOrMarkup() throws Exception {
    try (AlertSink sink = alerts(Map.of())) {
      for (String hostile : Alerts.HOSTILE) {
        assertThat(send(sink, Alerts.of(AlertKind.DIGEST, 20, hostile)).outcome())
            .isEqualTo("delivered");
        assertThat(send(sink, single(hostile)).outcome()).isEqualTo("delivered");
      }
    }
    MimeMessage[] mails = server.getReceivedMessages();
    assertThat(mails).hasSize(2 * 2 * Alerts.HOSTILE.size());
    for (MimeMessage mail : mails) {
      assertThat(mail.getHeader("Bcc")).isNull();
      assertThat(mail.getAllRecipients()).hasSize(2);
      assertThat(mail.getSubject()).doesNotContain("\n");
      assertThat(mail.getSubject().codePoints().count()).isLessThanOrEqualTo(200);
      assertThat(part(mail, 1)).doesNotContain("<script").doesNotContain("<https");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "TLS; TLS|220 hi|250-me/250 AUTH PLAIN|235 in|250 ok|250 ok|250 ok|354 go|250 ok;"
            + "TLS EHLO AUTH MAIL RCPT RCPT DATA",
        "STARTTLS; 220 hi|250-me/250 STARTTLS|220 go|TLS|250-me/250 AUTH PLAIN|235 in|250 ok|250 ok"
            + "|250 ok|354 go|250 ok; EHLO STARTTLS TLS EHLO AUTH MAIL RCPT RCPT DATA"
      })
  void logsInAndSendsOverAnEncryptedConnectionAlone(String tls, String script, String heard)
      throws Exception {
    try (FakeSmtp smtp = new FakeSmtp(script.strip(), certificates);
        AlertSink sink = MailSink.open(settings(secure(tls, smtp)), environment(), trusted())) {
      Delivery delivery = send(sink, single("x"));
      assertThat(delivery.outcome()).as(delivery + " " + smtp.heard()).isEqualTo("delivered");
      assertThat(String.join(" ", smtp.heard())).startsWith(heard.strip());
    }
  }

  @Test
  void nothingIsSentWhereTheServerOffersNoEncryption() throws Exception {
    try (FakeSmtp smtp = new FakeSmtp("220 hi|250-me/250 AUTH PLAIN|250 ok|250 ok", certificates);
        AlertSink sink = alerts(secure("STARTTLS", smtp))) {
      assertThat(send(sink, single("x")).outcome()).isEqualTo("retry");
      assertThat(smtp.heard()).startsWith("EHLO").doesNotContain("AUTH", "MAIL");
    }
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, false", "localhost, true"})
  void aCertificateThatNobodyVouchesForOrOfAnotherNameIsRefused(String host, boolean trusted)
      throws Exception {
    SSLSocketFactory usual = (SSLSocketFactory) SSLSocketFactory.getDefault();
    for (String script :
        List.of("TLS|220 hi|250 me", "220 hi|250-me/250 STARTTLS|220 go|TLS|250 me")) {
      try (FakeSmtp smtp = new FakeSmtp(script, certificates)) {
        Map<String, String> keys =
            new HashMap<>(secure(script.startsWith("TLS") ? "TLS" : "STARTTLS", smtp));
        keys.put("mail.host", host);
        try (AlertSink sink =
            MailSink.open(settings(keys), environment(), trusted ? trusted() : usual)) {
          assertThat(send(sink, single("x")).toString())
              .contains("Retry")
              .contains("SSLHandshakeException");
        }
        assertThat(smtp.heard()).doesNotContain("AUTH", "MAIL");
      }
    }
  }

  @Test
  void aWrongPasswordIsRejectedAndNotQuoted() throws Exception {
    server.setUser("sluice@example.org", "sluice", "right");
    Map<String, String> keys = Map.of("mail.user", "sluice", "mail.password", "s3cr3t");
    try (AlertSink sink = alerts(keys)) {
      assertThat(send(sink, single("x")).toString())
          .contains("SMTP 535")
          .contains("check user and password")
          .doesNotContain("s3cr3t");
    }
    assertThat(settings(keys).toString()).doesNotContain("s3cr3t");
  }

  @ParameterizedTest
  @CsvSource({
    "220 hi|250 me|451 later, retry",
    "220 hi|250 me|550 never, rejected",
    "220 hi|250 me|250 ok|550 unknown|550 unknown|250 reset, rejected",
    "220 hi|250 me|250 ok|452 full|550 unknown|250 reset, retry",
    "220 hi|250 me|250 ok|250 ok|250 ok|354 go|451 no, retry",
    "220 hi|250 me|250 ok|250 ok|250 ok|354 go|554 spam, rejected",
    "220 hi|250 me|250 ok|250 ok|250 ok|354 go|250 ok, delivered",
    "220 hi|250 me|250 ok|250 ok|550 one of two|354 go|250 ok|250 reset, delivered",
    "554 not you, rejected",
    "421 busy, retry",
    "220 hi|250 me|250 ok|250 ok|250 ok|354 go|CUT, retry",
    "CUT, retry",
    "220 hi|250 me|SILENCE, retry",
    "rubbish, retry",
  })
  void everyAnswerOfTheServerIsUnderstood(String script, String outcome) throws Exception {
    try (FakeSmtp smtp = new FakeSmtp(script, certificates);
        AlertSink sink =
            alerts(Map.of("mail.port", Integer.toString(smtp.port()), "mail.timeout", "1s"))) {
      Delivery delivery = send(sink, single("x"));
      assertThat(delivery.outcome()).as(delivery.toString()).isEqualTo(outcome);
      assertThat(delivery.toString()).doesNotContain("not you").doesNotContain("unknown");
    }
  }

  @Test
  void nobodyThereIsTriedAgain() throws Exception {
    try (AlertSink sink = alerts(Map.of())) {
      server.stop();
      assertThat(send(sink, single("x")).toString()).contains("Retry").contains("127.0.0.1");
    }
  }

  @Test
  void refusesThisMachineUnlessAllowed() throws Exception {
    Map<String, String> keys = Map.of("mail.tls", "TLS", "mail.allow-loopback", "false");
    try (AlertSink sink = alerts(keys)) {
      assertThat(send(sink, single("x")).toString())
          .contains("127.0.0.1 is this machine itself; set allow-loopback if that is meant");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mail.host, '', sinks.post.mail.host: no name of a mail server",
    "mail.host, smtp.example.org, 'sinks.post.mail.tls: NONE would send mail in plain text'",
    "mail.from, nobody, 'sinks.post.mail.from: \"nobody\" is no mail address'",
    "mail.to, '', 'sinks.post.mail.to: needs 1 to 50 addresses, not 0'",
    "mail.to, 'a@example.org,b', 'sinks.post.mail.to: \"b\" is no mail address'",
    "mail.list-id, 'a b', 'sinks.post.mail.list-id: \"a b\" is no name'",
    "mail.user, me, 'sinks.post.mail.password: there is a user and no password'",
    "mail.timeout, 10s, timeout must be more than 0 and at most 9s",
    "mail.connect-timeout, 0s, connect-timeout must be more than 0",
    "mail.port, 70000, port must be 0 to 65535",
  })
  void whatCannotWorkIsRefusedByName(String key, String value, String message) {
    assertThatThrownBy(() -> alerts(Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void defaultsAreAsDocumented() {
    MailSettings mail = Defaults.sink("mail", Map.of()).mail();
    assertThat(mail.tls()).isEqualTo(MailSettings.Tls.STARTTLS);
    assertThat(mail.tls().port(mail.port())).isEqualTo(587);
    assertThat(MailSettings.Tls.TLS.port(0)).isEqualTo(465);
    assertThat(MailSettings.Tls.NONE.port(2525)).isEqualTo(2525);
    assertThat(mail.to()).isEmpty();
    assertThat(mail.allowLoopback()).isFalse();
    assertThat(mail.allowPrivate()).isFalse();
    assertThat(mail.timeout()).hasSeconds(8);
    assertThat(mail.connectTimeout()).hasSeconds(3);
  }

  private AlertSink alerts(Map<String, String> keys) {
    return MailSink.open(settings(keys), environment(), trusted());
  }

  private static SSLSocketFactory trusted() {
    return certificates.getSocketFactory();
  }

  private static Map<String, String> secure(String tls, FakeSmtp smtp) {
    return Map.of(
        "mail.tls",
        tls,
        "mail.port",
        Integer.toString(smtp.port()),
        "mail.user",
        "sluice",
        "mail.password",
        "s3cr3t");
  }

  private SinkSettings settings(Map<String, String> keys) {
    Map<String, String> all = new HashMap<>();
    all.put("mail.host", "127.0.0.1");
    all.put("mail.port", Integer.toString(server.getSmtp().getPort()));
    all.put("mail.tls", "NONE");
    all.put("mail.from", "Sluice <sluice@example.org>");
    all.put("mail.to", "team@example.org,Ops <ops@example.org>");
    all.put("mail.allow-loopback", "true");
    all.putAll(keys);
    return Defaults.sink("mail", all);
  }

  private static SinkEnvironment environment() {
    return new SinkEnvironment("post", Clock.fixed(Samples.AT, ZoneOffset.UTC), System.out, false);
  }

  private static Delivery send(AlertSink sink, Alert alert) throws InterruptedException {
    return sink.deliver(alert, new AlertContext(1));
  }

  private static Alert single(String title) {
    ActionEvent event =
        Samples.event(
            Samples.item("a").setTitle(title).setAsset(title).setSummary(title).build(),
            ActionEventType.OPENED);
    return new AlertDraft("").add(event.getItem(), event).build(AlertKind.SINGLE);
  }

  private List<String> headers(String name) throws Exception {
    List<String> values = new ArrayList<>();
    MimeMessage[] mails = server.getReceivedMessagesForDomain("team@example.org");
    for (int i = 0; i < mails.length; i++) {
      values.add(mails[i].getHeader(name, null));
    }
    return Collections.unmodifiableList(values);
  }

  private static String part(MimeMessage mail, int index) throws Exception {
    return ((MimeMultipart) mail.getContent()).getBodyPart(index).getContent().toString();
  }

  private static String decoded(MimeMessage mail) {
    try {
      return GreenMailUtil.getHeaders(mail) + "\n" + part(mail, 0) + part(mail, 1);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
