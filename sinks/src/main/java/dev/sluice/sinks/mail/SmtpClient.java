package dev.sluice.sinks.mail;

import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.http.AddressGuard;
import dev.sluice.sinks.http.RefusedAddressException;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Properties;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands mails to one server, each over a connection of its own, once. It connects to no address
 * that the guard refuses, and sends nothing before the connection is encrypted, unless the server
 * is this machine. Thread safe.
 */
final class SmtpClient implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SmtpClient.class);

  private final MailSettings settings;
  private final int port;
  private final AddressGuard guard;
  private final SSLSocketFactory certificates;
  private final Session session;
  private final ScheduledThreadPoolExecutor deadlines;

  /** Writes a mail; it is called once for each attempt. */
  @FunctionalInterface
  interface Writer {
    MimeMessage write(Session session) throws MessagingException;
  }

  private SmtpClient(MailSettings settings, SSLSocketFactory certificates) {
    this.settings = settings;
    this.port = settings.tls().port(settings.port());
    this.guard = AddressGuard.of(settings.allowPrivate(), settings.allowLoopback());
    this.certificates = certificates;
    this.session = session();
    this.deadlines =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "smtp-deadlines");
              thread.setDaemon(true);
              return thread;
            });
    deadlines.setRemoveOnCancelPolicy(true);
  }

  static SmtpClient of(String key, MailSettings settings, SSLSocketFactory certificates) {
    String host = settings.host();
    if (host == null || !host.matches("[A-Za-z0-9.:\\[\\]-]+")) {
      throw new IllegalArgumentException(key + "host: no name of a mail server");
    }
    boolean here = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    if (settings.tls() == MailSettings.Tls.NONE && !(here && settings.allowLoopback())) {
      throw new IllegalArgumentException(
          key
              + "tls: NONE would send mail in plain text; it is for 127.0.0.1 with allow-loopback"
              + " alone");
    }
    if (!blank(settings.user()) && (settings.password() == null || settings.password().isEmpty())) {
      throw new IllegalArgumentException(key + "password: there is a user and no password");
    }
    return new SmtpClient(settings, certificates);
  }

  /** Sends one mail, within the time limit. */
  Delivery send(Writer writer) {
    long deadline = System.nanoTime() + settings.timeout().toNanos();
    int code = -1;
    try (Socket plain = connected(deadline)) {
      ScheduledFuture<?> cut =
          deadlines.schedule(
              () -> close(plain), deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      try (SMTPTransport transport = new SMTPTransport(session, null)) {
        try {
          transport.connect(encrypted(plain));
          MimeMessage letter = writer.write(session);
          transport.sendMessage(letter, letter.getAllRecipients());
          return Delivery.delivered();
        } finally {
          code = transport.getLastReturnCode();
        }
      } finally {
        cut.cancel(false);
      }
    } catch (SendFailedException e) {
      return refused(e, code);
    } catch (MessagingException e) {
      return outcome(code, e);
    } catch (IOException e) {
      return Delivery.retry("no answer from " + where() + ": " + reason(e));
    }
  }

  @Override
  public void close() {
    deadlines.shutdownNow();
  }

  /** Connected to the first address that answers. */
  private Socket connected(long deadline) throws IOException {
    IOException last = new SocketTimeoutException("no time left to connect");
    for (InetAddress address : guard.resolve(settings.host())) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      long limit = Math.min(left, settings.connectTimeout().toMillis());
      if (limit > 0) {
        Socket socket = new Socket();
        try {
          // Under the name that its certificate must have, not the one that DNS has for the
          // address.
          InetAddress named = InetAddress.getByAddress(settings.host(), address.getAddress());
          socket.connect(new InetSocketAddress(named, port), Math.toIntExact(limit));
          socket.setSoTimeout(Math.toIntExact(settings.timeout().toMillis()));
          return socket;
        } catch (IOException e) {
          close(socket);
          last = e;
        }
      }
    }
    throw last;
  }

  private Socket encrypted(Socket socket) throws IOException {
    if (settings.tls() != MailSettings.Tls.TLS) {
      return socket;
    }
    SSLSocket encrypted =
        (SSLSocket) certificates.createSocket(socket, settings.host(), port, true);
    SSLParameters parameters = encrypted.getSSLParameters();
    // The name in the certificate is checked as RFC 8314, 5.1 says.
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    encrypted.setSSLParameters(parameters);
    encrypted.startHandshake();
    return encrypted;
  }

  private Session session() {
    boolean logsIn = !blank(settings.user());
    Properties keys = new Properties();
    keys.put("mail.smtp.host", settings.host());
    keys.put("mail.smtp.auth", Boolean.toString(logsIn));
    keys.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
    keys.put("mail.smtp.sendpartial", "true");
    keys.put("mail.smtp.quitwait", "false");
    boolean upgrades = settings.tls() == MailSettings.Tls.STARTTLS;
    keys.put("mail.smtp.starttls.enable", Boolean.toString(upgrades));
    keys.put("mail.smtp.starttls.required", Boolean.toString(upgrades));
    keys.put("mail.smtp.ssl.checkserveridentity", "true");
    keys.put("mail.smtp.ssl.socketFactory", certificates);
    if (!logsIn) {
      return Session.getInstance(keys);
    }
    keys.put("mail.smtp.user", settings.user());
    return Session.getInstance(
        keys,
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication(settings.user(), settings.password().reveal());
          }
        });
  }

  /** Whoever was reached has it; sending again would reach them twice. */
  private Delivery refused(SendFailedException e, int code) {
    if (e.getValidSentAddresses() == null || e.getValidSentAddresses().length == 0) {
      return outcome(code, e);
    }
    LOG.atWarn()
        .addKeyValue("server", where())
        .addKeyValue("reached", e.getValidSentAddresses().length)
        .log("A mail server refused some recipients of a mail");
    return Delivery.delivered();
  }

  /** What the server said, as far as the library tells: the worst that may pass counts first. */
  private static int code(MessagingException e, int last) {
    int code = -1;
    for (Exception each = e; each instanceof MessagingException m; each = m.getNextException()) {
      int found =
          m instanceof SMTPSendFailedException f
              ? f.getReturnCode()
              : m instanceof SMTPAddressFailedException a
                  ? a.getReturnCode()
                  : m instanceof SMTPSenderFailedException s ? s.getReturnCode() : -1;
      if (found >= 400 && found < 500) {
        return found;
      }
      code = found >= 500 ? found : code;
    }
    return code < 0 ? last : code;
  }

  /** Reply codes as in RFC 5321, 4.2.1: 4yz may pass, 5yz will not. */
  private Delivery outcome(int last, MessagingException e) {
    int code = code(e, last);
    if (code >= 500 && code < 600) {
      String remedy = code == 535 || code == 530 ? ": check user and password" : "";
      return Delivery.rejected("SMTP " + code + " from " + where() + remedy);
    }
    if (code >= 400 && code < 500) {
      return Delivery.retry("SMTP " + code + " from " + where());
    }
    return Delivery.retry(
        "no answer from "
            + where()
            + ": "
            + reason(e.getNextException() instanceof IOException io ? io : new IOException(e)));
  }

  private static String reason(IOException e) {
    if (e instanceof RefusedAddressException) {
      return "refused: " + e.getMessage();
    }
    Throwable named = e.getClass() == IOException.class && e.getCause() != null ? e.getCause() : e;
    return named.getClass().getSimpleName();
  }

  private String where() {
    return settings.host() + ":" + port;
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("A socket closed badly");
    }
  }

  private static boolean blank(String text) {
    return text == null || text.isBlank();
  }
}
