package dev.sluice.sinks.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of this machine's package in a directory of its own, on a free port of
 * loopback. It refuses to run as root, and so root runs it as somebody else.
 */
final class Postgres implements AutoCloseable {
  private static final Path PACKAGES = Path.of("/usr/lib/postgresql");

  private final Path programs;
  private final Path root;
  private final int port;

  private Postgres(Path programs, Path root, int port) {
    this.programs = programs;
    this.root = root;
    this.port = port;
  }

  /** Starts one; skips the test where there is none, or fails it if everything is required. */
  static Postgres start() throws Exception {
    Optional<Path> programs = programs();
    if (programs.isEmpty()) {
      String remedy = "no PostgreSQL here; install it (Debian: apt install postgresql)";
      if ("true".equals(System.getenv("SLUICE_REQUIRE_ALL"))) {
        fail(remedy);
      }
      abort("Skipped: " + remedy);
    }
    Path root = Files.createTempDirectory("sluice-postgres");
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwxrwx"));
    Postgres postgres = new Postgres(programs.get(), root, freePort());
    postgres.run(
        "initdb", "-D", "data", "-U", "sluice", "-A", "trust", "-E", "UTF8", "--locale=C", "-N");
    postgres.run(
        "pg_ctl",
        "-D",
        "data",
        "-w",
        "-l",
        "log",
        "-o",
        "-h 127.0.0.1 -p " + postgres.port + " -k . -F",
        "start");
    return postgres;
  }

  private static Optional<Path> programs() throws IOException {
    if (!Files.isDirectory(PACKAGES)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(PACKAGES)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  private void run(String program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("sluice-postgres", ".out");
    Process process =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(program + " ends").isTrue();
    assertThat(process.exitValue()).as(() -> read(output)).isZero();
    Files.delete(output);
  }

  private static String read(Path output) {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() throws Exception {
    run("pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop");
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
