package dev.sluice.sinks.redmine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The Redmine of this machine's package, with a database, files and keys of its own in a temporary
 * directory, on a free port of loopback. Root runs it as somebody else.
 */
public final class Redmine implements AutoCloseable {
  private static final Path HOME = Path.of("/usr/share/redmine");
  private static final Path GEMS = Path.of("/usr/share/rubygems-integration/all/gems");

  /** Somebody who has an account. */
  public record Person(String id, String key) {}

  private final Path root;
  private final int port;
  private final Map<String, Person> people = new HashMap<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private Process server;

  private Redmine(Path root, int port) {
    this.root = root;
    this.port = port;
  }

  /** Starts one; skips the test where there is none, or fails it if everything is required. */
  public static Redmine start() throws Exception {
    if (!Files.isDirectory(HOME) || !Files.isDirectory(GEMS)) {
      String remedy =
          "no Redmine here; install it (Debian: apt install redmine redmine-sqlite; no database"
              + " need be set up)";
      if ("true".equals(System.getenv("SLUICE_REQUIRE_ALL"))) {
        fail(remedy);
      }
      abort("Skipped: " + remedy);
    }
    Path root = Files.createTempDirectory("sluice-redmine");
    Redmine redmine = new Redmine(root, freePort());
    try {
      redmine.prepare();
      redmine.serve();
    } catch (Exception | Error e) {
      redmine.close();
      throw e;
    }
    return redmine;
  }

  private void prepare() throws Exception {
    for (String directory : List.of("config", "log", "tmp/cache", "files")) {
      Files.createDirectories(root.resolve(directory));
    }
    Files.writeString(
        root.resolve("config/database.yml"),
        "production:\n  adapter: sqlite3\n  timeout: 20000\n  database: "
            + root.resolve("redmine.db")
            + "\n");
    Files.writeString(root.resolve("config/secret_key.txt"), "0123456789abcdef".repeat(8));
    try (InputStream script = Redmine.class.getResourceAsStream("/redmine/serve.rb")) {
      Files.copy(script, root.resolve("serve.rb"));
    }
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.toList()) {
        Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxrwxrwx"));
      }
    }
    Process migrating = run("migrate.log", "rake", "db:migrate");
    assertThat(migrating.waitFor(3, TimeUnit.MINUTES)).as("the database is made in time").isTrue();
    assertThat(migrating.exitValue()).as(() -> log("migrate.log")).isZero();
  }

  private void serve() throws Exception {
    Path webrick;
    try (Stream<Path> gems = Files.list(GEMS)) {
      webrick =
          gems.filter(gem -> gem.getFileName().toString().startsWith("webrick-"))
              .findFirst()
              .orElseThrow();
    }
    Path ready = root.resolve("ready");
    server =
        run(
            "server.log",
            "ruby",
            "-I",
            webrick.resolve("lib").toString(),
            root.resolve("serve.rb").toString(),
            Integer.toString(port),
            ready.toString());
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> !server.isAlive() || Files.exists(ready) && Files.size(ready) > 0);
    assertThat(server.isAlive()).as(() -> log("server.log")).isTrue();
    for (String line : Files.readAllLines(ready)) {
      String[] parts = line.split(" ");
      people.put(parts[0], new Person(parts[1], parts[2]));
    }
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Sluice, ann or bob. */
  public Person person(String login) {
    return people.get(login);
  }

  /** Asks as Sluice. */
  public JsonNode get(String path) throws Exception {
    return send("sluice", "GET", path, null);
  }

  /** What somebody does over the API. */
  public JsonNode send(String login, String method, String path, String body) throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(url() + path))
                .header("X-Redmine-API-Key", people.get(login).key())
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .method(
                    method,
                    body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return new ObjectMapper().readTree(answer.body().isBlank() ? "{}" : answer.body());
  }

  /** A page as a browser shows it to Sluice, who logs in for it. */
  public String html(String path) throws Exception {
    HttpClient browser =
        HttpClient.newBuilder().cookieHandler(new java.net.CookieManager()).build();
    String form = browse(browser, HttpRequest.newBuilder(URI.create(url() + "/login")));
    String token = form.replaceAll("(?s).*name=\"authenticity_token\" value=\"([^\"]+)\".*", "$1");
    String fields =
        "username=sluice&password=sluice-secret&authenticity_token="
            + java.net.URLEncoder.encode(token, java.nio.charset.StandardCharsets.UTF_8);
    browse(
        browser,
        HttpRequest.newBuilder(URI.create(url() + "/login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(fields)));
    return browse(browser, HttpRequest.newBuilder(URI.create(url() + path)));
  }

  private static String browse(HttpClient browser, HttpRequest.Builder request) throws Exception {
    return browser.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
  }

  /** Every issue of the project, open or closed, the oldest first. */
  public List<JsonNode> issues() throws Exception {
    List<JsonNode> all = new ArrayList<>();
    JsonNode page;
    do {
      page =
          get("/issues.json?project_id=web&status_id=*&sort=id&limit=100&offset=" + all.size())
              .path("issues");
      page.forEach(all::add);
    } while (!page.isEmpty());
    return all;
  }

  private Process run(String log, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
    }
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(HOME.toFile());
    // Its instances are found below its own directory: this one is led back to the root and away.
    builder.environment().put("REDMINE_INSTANCE", "../".repeat(8) + root.toString().substring(1));
    builder.environment().put("RAILS_ENV", "production");
    // Rails writes the schema down after it has made it.
    builder.environment().put("SCHEMA", root.resolve("schema.rb").toString());
    builder.environment().put("HOME", root.toString());
    return builder.redirectErrorStream(true).redirectOutput(root.resolve(log).toFile()).start();
  }

  private String log(String name) {
    try {
      return Files.readString(root.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws Exception {
    if (server != null) {
      server.destroyForcibly().waitFor();
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
