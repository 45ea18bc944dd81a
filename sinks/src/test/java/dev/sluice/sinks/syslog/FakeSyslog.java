package dev.sluice.sinks.syslog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** A receiver over TCP or TLS that takes octet-counted messages apart as RFC 6587, 3.4.1 says. */
final class FakeSyslog implements AutoCloseable {
  /** What it does with a connection. */
  enum Manner {
    /** Reads to the end and ends the connection. */
    GOOD,
    /** Reads and never ends it. */
    SILENT,
    /** Resets it. */
    RESET,
    /** Ends it before it has read anything. */
    DEAF
  }

  private final ServerSocket server;
  private final Manner manner;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final List<String> broken = new CopyOnWriteArrayList<>();

  private FakeSyslog(ServerSocket server, Manner manner) {
    this.server = server;
    this.manner = manner;
    threads.execute(this::accept);
  }

  static FakeSyslog plain(Manner manner) throws IOException {
    return new FakeSyslog(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), manner);
  }

  /**
   * @param version of TLS, for example TLSv1.3
   */
  static FakeSyslog encrypted(SSLContext certificates, String version) throws IOException {
    SSLServerSocket server =
        (SSLServerSocket)
            certificates
                .getServerSocketFactory()
                .createServerSocket(0, 100, InetAddress.getLoopbackAddress());
    server.setEnabledProtocols(new String[] {version});
    return new FakeSyslog(server, Manner.GOOD);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Messages in the order in which they were read. */
  List<String> messages() {
    return List.copyOf(messages);
  }

  /** What was wrong with how messages came. */
  List<String> broken() {
    return List.copyOf(broken);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        threads.execute(() -> serve(socket));
      }
    } catch (SocketException e) {
      // The test has ended.
    } catch (IOException e) {
      broken.add(e.toString());
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      switch (manner) {
        case GOOD -> read(socket.getInputStream());
        case SILENT -> {
          read(socket.getInputStream());
          Thread.sleep(60_000);
        }
        case RESET -> {
          socket.getInputStream().read();
          socket.setSoLinger(true, 0);
        }
        case DEAF -> {
          // The message that came and was not read makes the end a reset.
          while (socket.getInputStream().available() == 0) {
            Thread.sleep(5);
          }
        }
      }
    } catch (IOException | InterruptedException e) {
      broken.add(e.toString());
    }
  }

  private void read(InputStream in) throws IOException {
    for (int first = in.read(); first >= 0; first = in.read()) {
      int length = 0;
      for (int digit = first; digit != ' '; digit = in.read()) {
        if (digit < '0' || digit > '9') {
          broken.add("no digit: " + digit);
          return;
        }
        length = length * 10 + digit - '0';
      }
      ByteArrayOutputStream message = new ByteArrayOutputStream();
      message.writeBytes(in.readNBytes(length));
      if (message.size() < length) {
        broken.add("cut off at " + message.size() + " of " + length);
      }
      messages.add(message.toString(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
