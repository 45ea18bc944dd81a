package dev.sluice.sinks.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A mail server that answers by a script: one answer for its greeting and for each command, apart
 * by a bar. TLS encrypts the connection, CUT ends it, SILENCE says nothing more.
 */
final class FakeSmtp implements AutoCloseable {
  private final ServerSocket server;
  private final SSLContext certificates;
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

  FakeSmtp(String script, SSLContext certificates) throws IOException {
    this.certificates = certificates;
    this.server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
    Thread thread = new Thread(() -> serve(script.split("\\|")), "fake-smtp");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  /** First words of the commands, and TLS where the connection was encrypted. */
  List<String> heard() {
    return List.copyOf(heard);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void serve(String[] answers) {
    try (Socket plain = server.accept()) {
      Socket socket = plain;
      for (String answer : answers) {
        if (answer.equals("CUT")) {
          return;
        }
        if (answer.equals("TLS")) {
          SSLSocket encrypted =
              (SSLSocket)
                  certificates.getSocketFactory().createSocket(socket, "127.0.0.1", port(), true);
          encrypted.setUseClientMode(false);
          encrypted.startHandshake();
          heard.add("TLS");
          socket = encrypted;
          if (heard.size() > 1) {
            hear(socket);
          }
          continue;
        }
        if (!answer.equals("SILENCE")) {
          OutputStream out = socket.getOutputStream();
          out.write((answer.replace("/", "\r\n") + "\r\n").getBytes(StandardCharsets.UTF_8));
          out.flush();
        }
        if (answer.startsWith("354")) {
          while (!line(socket).equals(".")) {
            // The text of the mail.
          }
        } else if (!answer.equals("220 go")) {
          hear(socket);
        }
      }
    } catch (IOException e) {
      heard.add(e.getClass().getSimpleName());
    }
  }

  private void hear(Socket socket) throws IOException {
    heard.add(line(socket).split("[ :]")[0]);
  }

  /** Byte by byte: what comes after belongs to whoever reads the encrypted stream. */
  private static String line(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("cut");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }
}
