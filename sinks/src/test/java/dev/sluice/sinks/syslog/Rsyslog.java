package dev.sluice.sinks.syslog;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An rsyslog of this machine's packages that listens on a free port of loopback. */
final class Rsyslog implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/rsyslogd");
  private static final Path LIBRARIES = Path.of("/usr/lib");
  private static final Path DRIVER = Path.of("rsyslog/lmnsd_gtls.so");
  private static final String PLAIN = "";
  private static final String TLS =
      """
      StreamDriver.Name="gtls" StreamDriver.Mode="1" StreamDriver.Authmode="anon"\
      """;
  private static final String SETTINGS =
      """
      global(workDirectory="%1$s"
        DefaultNetstreamDriverCAFile="%1$s/certificate.pem"
        DefaultNetstreamDriverCertFile="%1$s/certificate.pem"
        DefaultNetstreamDriverKeyFile="%1$s/key.pem")
      module(load="imtcp" %3$s)
      input(type="imtcp" address="127.0.0.1" port="%2$d")
      template(name="parts" type="string"
        string="%%protocol-version%%|%%syslogfacility-text%%|%%syslogseverity-text%%|%%hostname%%|%%app-name%%|%%msgid%%|%%structured-data%%|%%msg%%\\n")
      *.* action(type="omfile" file="%1$s/messages" template="parts")
      """;

  private final Path home;
  private final Process process;
  private final int port;

  private Rsyslog(Path home, Process process, int port) {
    this.home = home;
    this.process = process;
    this.port = port;
  }

  /** Starts one over TCP; skips the test where there is none, or fails it if all is required. */
  static Rsyslog plain(Identity identity) throws Exception {
    return start(identity, PLAIN);
  }

  /** Likewise over TLS. */
  static Rsyslog encrypted(Identity identity) throws Exception {
    return start(identity, TLS);
  }

  private static boolean isInstalled() throws IOException {
    if (!Files.isExecutable(PROGRAM)) {
      return false;
    }
    try (Stream<Path> libraries = Files.find(LIBRARIES, 3, (path, its) -> path.endsWith(DRIVER))) {
      return libraries.findAny().isPresent();
    }
  }

  private static Rsyslog start(Identity identity, String driver) throws Exception {
    if (!isInstalled()) {
      String remedy =
          "no rsyslog with TLS here; install it (Debian: apt install rsyslog rsyslog-gnutls)";
      if ("true".equals(System.getenv("SLUICE_REQUIRE_ALL"))) {
        fail(remedy);
      }
      abort("Skipped: " + remedy);
    }
    Path home = Files.createTempDirectory("sluice-rsyslog");
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    identity.write(home);
    Path settings = Files.writeString(home.resolve("conf"), SETTINGS.formatted(home, port, driver));
    Process process =
        new ProcessBuilder(
                PROGRAM.toString(),
                "-n",
                "-f",
                settings.toString(),
                "-i",
                home.resolve("pid").toString())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("log").toFile())
            .start();
    Rsyslog rsyslog = new Rsyslog(home, process, port);
    rsyslog.waitUntilItListens();
    return rsyslog;
  }

  int port() {
    return port;
  }

  /** Stops it, so that all is written, and reads what it took of Sluice, in parts. */
  List<String> stopAndRead() throws Exception {
    stop();
    return Files.readAllLines(home.resolve("messages")).stream()
        .filter(line -> line.contains("|sluice|"))
        .toList();
  }

  private void waitUntilItListens() throws Exception {
    for (int i = 0; i < 300 && process.isAlive(); i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    String log = Files.readString(home.resolve("log"));
    close();
    fail("rsyslog did not start: " + log);
  }

  private void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  @Override
  public void close() throws Exception {
    stop();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
