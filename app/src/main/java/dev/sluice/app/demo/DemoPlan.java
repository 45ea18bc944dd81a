package dev.sluice.app.demo;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * What the demo publishes, in order: read from {@code samples/demo.yaml}, so that anybody can
 * change it.
 *
 * @param matrices support matrices to load first
 * @param intel lists of exploited vulnerabilities to load first
 * @param reports reports to publish
 */
record DemoPlan(List<Matrix> matrices, List<Path> intel, List<Report> reports) {

  /** A SECURITY.md and the product it speaks of. */
  record Matrix(String product, Path file) {}

  /** A report and what is said about it; what is null is left to the report. */
  record Report(
      Path file,
      String asset,
      String unit,
      String version,
      String branch,
      String scope,
      String purpose,
      String shows) {}

  /** Reads a plan; files are looked for beside it. */
  static DemoPlan read(Path plan) {
    Object root;
    try {
      String text = Files.readString(plan);
      root = yaml().load(text);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.UNREADABLE, plan + ": cannot be read; give another with --plan", e);
    } catch (YAMLException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, plan + ": is not YAML: " + e.getMessage(), e);
    }
    Entry top = Entry.of(plan, "the file", root);
    top.only(Set.of("supportMatrix", "intel", "reports"));
    List<Matrix> matrices = new ArrayList<>();
    for (Entry entry : top.list("supportMatrix")) {
      entry.only(Set.of("product", "file"));
      matrices.add(new Matrix(entry.required("product"), entry.file()));
    }
    List<Path> intel = new ArrayList<>();
    for (Entry entry : top.list("intel")) {
      entry.only(Set.of("file"));
      intel.add(entry.file());
    }
    List<Report> reports = new ArrayList<>();
    for (Entry entry : top.list("reports")) {
      reports.add(report(entry));
    }
    if (reports.isEmpty()) {
      throw new CommandFailure(ExitCode.UNREADABLE, plan + ": names no reports");
    }
    return new DemoPlan(matrices, intel, reports);
  }

  /** Plain scalars stay text: the version 5.10 is not the number 5.1. */
  private static Yaml yaml() {
    LoaderOptions loading = new LoaderOptions();
    DumperOptions dumping = new DumperOptions();
    return new Yaml(
        new SafeConstructor(loading), new Representer(dumping), dumping, loading, new TextOnly());
  }

  private static final class TextOnly extends Resolver {
    @Override
    protected void addImplicitResolvers() {
      addImplicitResolver(Tag.NULL, EMPTY, null);
    }
  }

  private static Report report(Entry entry) {
    entry.only(Set.of("file", "asset", "unit", "version", "branch", "scope", "purpose", "shows"));
    return new Report(
        entry.file(),
        entry.text("asset"),
        entry.text("unit"),
        entry.text("version"),
        entry.text("branch"),
        entry.text("scope"),
        entry.text("purpose"),
        entry.text("shows"));
  }

  /** One mapping of the file, with where it is for messages. */
  private record Entry(Path plan, String place, Map<?, ?> values) {
    static Entry of(Path plan, String place, Object node) {
      if (node instanceof Map<?, ?> map) {
        return new Entry(plan, place, map);
      }
      throw new CommandFailure(ExitCode.UNREADABLE, plan + ": " + place + " needs keys and values");
    }

    void only(Set<String> known) {
      for (Object key : values.keySet()) {
        if (!known.contains(String.valueOf(key))) {
          throw new CommandFailure(
              ExitCode.UNREADABLE,
              plan + ": " + place + " has an unknown key " + key + "; known are " + sorted(known));
        }
      }
    }

    private static List<String> sorted(Set<String> known) {
      return known.stream().sorted().toList();
    }

    List<Entry> list(String key) {
      Object value = values.get(key);
      if (value == null) {
        return List.of();
      }
      if (!(value instanceof List<?> items)) {
        throw new CommandFailure(ExitCode.UNREADABLE, plan + ": " + key + " needs a list");
      }
      List<Entry> entries = new ArrayList<>();
      for (Object item : items) {
        entries.add(of(plan, key + " " + (entries.size() + 1), item));
      }
      return entries;
    }

    String text(String key) {
      Object value = values.get(key);
      return value == null ? null : String.valueOf(value);
    }

    String required(String key) {
      String text = text(key);
      if (text == null || text.isBlank()) {
        throw new CommandFailure(ExitCode.UNREADABLE, plan + ": " + place + " needs " + key);
      }
      return text;
    }

    Path file() {
      Path file = plan.toAbsolutePath().resolveSibling(required("file"));
      if (!Files.isReadable(file)) {
        throw new CommandFailure(
            ExitCode.UNREADABLE, plan + ": " + place + " names " + file + ", which cannot be read");
      }
      return file;
    }
  }
}
