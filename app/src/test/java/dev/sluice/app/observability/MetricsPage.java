package dev.sluice.app.observability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table in {@code docs/metrics.md}: labels by the metric's name. */
public record MetricsPage(Map<String, Set<String>> labels) {
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| `(sluice_[a-z_]+)` \\| (counter|gauge|timer) \\|([a-z, ]*)\\|", Pattern.MULTILINE);
  private static final Pattern USE = Pattern.compile("(sluice_[a-z_]+)(\\{[^}]*})?");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)(?:=~|!~|!=|=)\"");

  static Path docs() {
    return Path.of(System.getProperty("sluice.root"), "docs");
  }

  public static MetricsPage read() throws IOException {
    Map<String, Set<String>> labels = new LinkedHashMap<>();
    Matcher rows = ROW.matcher(Files.readString(docs().resolve("metrics.md")));
    while (rows.find()) {
      Set<String> names =
          Arrays.stream(rows.group(3).split(","))
              .map(String::strip)
              .filter(label -> !label.isEmpty())
              .collect(Collectors.toCollection(TreeSet::new));
      labels.put(rows.group(1), names);
      if (rows.group(2).equals("timer")) {
        for (String suffix : new String[] {"_count", "_sum", "_max"}) {
          labels.put(rows.group(1) + suffix, names);
        }
      }
    }
    return new MetricsPage(labels);
  }

  /** What a text of Prometheus, or a query, uses that the table does not have. */
  public Set<String> unknownIn(String text) {
    return USE.matcher(text)
        .results()
        .map(this::unknown)
        .flatMap(Set::stream)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> unknown(MatchResult use) {
    Set<String> known = labels.get(use.group(1));
    if (known == null) {
      return Set.of(use.group(1));
    }
    return LABEL
        .matcher(use.group(2) == null ? "" : use.group(2))
        .results()
        .map(label -> label.group(1))
        .filter(label -> !known.contains(label))
        .map(label -> use.group(1) + "{" + label + "}")
        .collect(Collectors.toSet());
  }
}
