package dev.sluice.app.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.sinks.feedback.TicketMetrics;
import dev.sluice.sinks.runner.SinkMetrics;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class MetricsPageTest {
  private static final Pattern NAME = Pattern.compile("\"(sluice(?:\\.[a-z]+)+)\"");
  private static final Pattern BY = Pattern.compile("by \\(([a-z, ]+)\\) \\(");

  @Test
  void tableHasEveryMetricOfTheCodeAndNoOther() throws IOException {
    Set<String> code = new TreeSet<>();
    for (Path source : measuring()) {
      Matcher names = NAME.matcher(Files.readString(source));
      while (names.find()) {
        code.add(names.group(1).replace('.', '_'));
      }
    }
    Set<String> table =
        MetricsPage.read().labels().keySet().stream()
            .map(name -> name.replaceFirst("_(count|sum|max)$", ""))
            .map(MetricsPageTest::plain)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(code).hasSizeGreaterThan(20);
    assertThat(table)
        .isEqualTo(
            code.stream()
                .map(MetricsPageTest::plain)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void tableHasTheLabelsOfSinksAndTickets() throws IOException {
    MetricsPage page = MetricsPage.read();
    List<SinkMetrics.Row> rows = new ArrayList<>(SinkMetrics.ROWS);
    rows.addAll(TicketMetrics.ROWS);
    for (SinkMetrics.Row row : rows) {
      String name = row.name().replace('.', '_');
      assertThat(page.labels())
          .as(name)
          .anySatisfy(
              (written, labels) -> {
                assertThat(plain(written)).isEqualTo(name);
                assertThat(labels).containsExactlyInAnyOrder(row.labels().split(", "));
              });
    }
  }

  @Test
  void alertsAskForMetricsThatThereAre() throws IOException {
    Path file = MetricsPage.docs().resolve("observability/alerts.yaml");
    List<String> queries = new ArrayList<>();
    collect(new Yaml().load(Files.readString(file)), queries);

    assertThat(queries).hasSizeGreaterThan(5);
    assertKnown(queries);
  }

  @Test
  void dashboardAsksForMetricsThatThereAre() throws IOException {
    Path file = MetricsPage.docs().resolve("observability/dashboard.json");
    List<String> queries = new ArrayList<>();
    for (JsonNode expr : new ObjectMapper().readTree(file.toFile()).findValues("expr")) {
      queries.add(expr.asText());
    }

    assertThat(queries).hasSizeGreaterThan(10);
    assertKnown(queries);
  }

  @Test
  void promtoolTakesTheAlerts() throws Exception {
    boolean there =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "promtool")));
    if (!there && Boolean.parseBoolean(System.getenv("SLUICE_REQUIRE_ALL"))) {
      throw new AssertionError("promtool is not installed (Debian: prometheus)");
    }
    assumeTrue(there, "promtool is not installed (Debian: prometheus)");

    Process check =
        new ProcessBuilder(
                "promtool",
                "check",
                "rules",
                MetricsPage.docs().resolve("observability/alerts.yaml").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes());

    assertThat(check.waitFor()).as(said).isZero();
  }

  private static void assertKnown(List<String> queries) throws IOException {
    MetricsPage page = MetricsPage.read();
    for (String query : queries) {
      assertThat(query).contains("sluice_");
      assertThat(page.unknownIn(query)).as(query).isEmpty();
      Set<String> labels =
          Stream.concat(
                  Stream.of("instance"),
                  page.labels().entrySet().stream()
                      .filter(metric -> query.contains(metric.getKey()))
                      .flatMap(metric -> metric.getValue().stream()))
              .collect(Collectors.toSet());
      BY.matcher(query)
          .results()
          .map(MatchResult::group)
          .map(by -> by.substring(4, by.indexOf(')')).split(", "))
          .forEach(by -> assertThat(labels).as(query).contains(by));
    }
  }

  private static void collect(Object node, List<String> queries) {
    if (node instanceof java.util.Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            if (key.equals("expr")) {
              queries.add((String) value);
            } else {
              collect(value, queries);
            }
          });
    } else if (node instanceof List<?> list) {
      list.forEach(each -> collect(each, queries));
    }
  }

  /** Prometheus puts units and _total behind names. */
  private static String plain(String name) {
    return name.replaceFirst("_total$", "").replaceFirst("_seconds$", "");
  }

  private static List<Path> measuring() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : List.of("producers", "streams", "sinks", "app")) {
      Path main = MetricsPage.docs().resolveSibling(module).resolve("src/main/java");
      try (Stream<Path> files = Files.walk(main)) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          if (Files.readString(file).contains("io.micrometer")) {
            sources.add(file);
          }
        }
      }
    }
    return sources;
  }
}
