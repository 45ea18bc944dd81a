package dev.sluice.sinks.syslog;

import dev.sluice.sinks.http.AddressGuard;
import dev.sluice.sinks.syslog.SyslogSettings.Transport;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages with their length in front (octet counting, RFC 6587, 3.4.1), over TCP or TLS (RFC
 * 5425).
 *
 * <p>Syslog has no answer, and what was written to a connection is not yet received: a receiver
 * that goes away takes all that was on its way along. So each message has a connection of its own,
 * which we end on our side; a receiver that has read to the end ends it on its side, and that is
 * the answer. One that ends it first has not read it.
 */
final class StreamSender implements SyslogSender {
  private static final Logger LOG = LoggerFactory.getLogger(StreamSender.class);

  /** How long a connection is kept open to see whether the receiver stays. */
  private static final int EARLY_MILLIS = 50;

  private final SyslogSettings settings;
  private final AddressGuard guard;
  private final SSLSocketFactory certificates;
  private final ScheduledThreadPoolExecutor deadlines;

  StreamSender(SyslogSettings settings, AddressGuard guard, SSLSocketFactory certificates) {
    this.settings = settings;
    this.guard = guard;
    this.certificates = certificates;
    this.deadlines =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "syslog-deadlines");
              thread.setDaemon(true);
              return thread;
            });
    deadlines.setRemoveOnCancelPolicy(true);
  }

  @Override
  public void send(byte[] message) throws IOException {
    long deadline = System.nanoTime() + settings.timeout().toNanos();
    try (Socket plain = connected(deadline)) {
      // A receiver that takes a byte a second keeps every socket timeout and no deadline.
      ScheduledFuture<?> cut =
          deadlines.schedule(
              () -> close(plain), deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      try {
        exchange(settings.transport() == Transport.TLS ? encrypted(plain) : plain, message);
      } catch (IOException e) {
        if (System.nanoTime() - deadline >= 0) {
          InterruptedIOException late =
              new InterruptedIOException("not taken within " + settings.timeout());
          late.initCause(e);
          throw late;
        }
        throw e;
      } finally {
        cut.cancel(false);
      }
    }
  }

  @Override
  public void close() {
    deadlines.shutdownNow();
  }

  private static void exchange(Socket socket, byte[] message) throws IOException {
    OutputStream out = socket.getOutputStream();
    byte[] length = (message.length + " ").getBytes(StandardCharsets.US_ASCII);
    byte[] frame = new byte[length.length + message.length];
    System.arraycopy(length, 0, frame, 0, length.length);
    System.arraycopy(message, 0, frame, length.length, message.length);
    out.write(frame);
    out.flush();
    InputStream in = socket.getInputStream();
    byte[] ignored = new byte[256];
    if (isEnded(socket, in, ignored)) {
      throw new EOFException("the receiver ended the connection before we did");
    }
    socket.shutdownOutput();
    int read = 0;
    while (read >= 0) {
      read = in.read(ignored);
    }
  }

  /** Whoever ends a connection that we have not ended, too full or dying, has not read it. */
  private static boolean isEnded(Socket socket, InputStream in, byte[] ignored) throws IOException {
    int usual = socket.getSoTimeout();
    socket.setSoTimeout(EARLY_MILLIS);
    try {
      return in.read(ignored) < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } finally {
      socket.setSoTimeout(usual);
    }
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
          socket.connect(
              new InetSocketAddress(address, settings.portOrUsual()), Math.toIntExact(limit));
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

  private SSLSocket encrypted(Socket socket) throws IOException {
    SSLSocket encrypted =
        (SSLSocket)
            certificates.createSocket(socket, settings.host(), settings.portOrUsual(), true);
    SSLParameters parameters = encrypted.getSSLParameters();
    // The name in the certificate is checked, as RFC 5425, 5.2 says.
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    encrypted.setSSLParameters(parameters);
    encrypted.startHandshake();
    return encrypted;
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("A socket closed badly");
    }
  }
}
