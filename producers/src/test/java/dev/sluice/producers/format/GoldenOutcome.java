package dev.sluice.producers.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.events.Observation;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.ScanReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Compares all that comes out of a sample with the file of the same name and {@code .golden} behind
 * it. Fields that say nothing are left out. With {@code -Dsluice.golden=write} the file is written
 * anew: read the difference before committing it.
 */
public final class GoldenOutcome {
  private GoldenOutcome() {}

  /** Reads a sample of this package's resources and compares. */
  public static void check(ScanReader reader, String sample) throws IOException {
    String actual = text(Outcome.of(reader, Outcome.sample(sample)));
    if ("write".equals(System.getProperty("sluice.golden"))) {
      Path resources =
          Path.of(System.getProperty("sluice.root", ".."))
              .resolve("producers/src/test/resources/dev/sluice/producers/format");
      Files.writeString(resources.resolve(sample + ".golden"), actual);
      return;
    }
    assertEquals(new String(Outcome.sample(sample + ".golden"), StandardCharsets.UTF_8), actual);
  }

  private static String text(Outcome outcome) {
    StringBuilder out = new StringBuilder();
    for (ScanFacts scan : outcome.scans()) {
      out.append("scan\n");
      out.append(record(scan.scanner(), "  ")).append(record(scan.scope(), "  "));
      line(out, "  asset", scan.asset());
      line(out, "  version", scan.version());
      line(out, "  digest", scan.digest());
      line(out, "  commit", scan.commit());
      line(out, "  branch", scan.branch());
      line(out, "  time", scan.time());
      line(out, "  statement", scan.statement() ? "true" : null);
    }
    for (Observation each : outcome.observations()) {
      out.append("observation\n").append(record(each, "  "));
    }
    outcome.componentsSeen().forEach(each -> line(out, "components seen", each));
    outcome.warnings().forEach(each -> line(out, "warning", each));
    line(out, "refused", outcome.refusal());
    return out.toString();
  }

  private static void line(StringBuilder out, String name, Object value) {
    String text = value == null ? "" : value.toString();
    boolean silent = text.isEmpty() || text.equals("[]") || text.equals("{}");
    if (!silent && !text.equals("UNKNOWN")) {
      out.append(name).append(": ").append(text.replace("\n", "\\n")).append('\n');
    }
  }

  private static String record(IndexedRecord record, String indent) {
    StringBuilder out = new StringBuilder();
    for (Schema.Field field : record.getSchema().getFields()) {
      Object value = record.get(field.pos());
      if (value instanceof IndexedRecord inner) {
        out.append(indent).append(field.name()).append('\n');
        out.append(record(inner, indent + "  "));
      } else if (value instanceof java.util.Map<?, ?> map) {
        new TreeMap<>(map).forEach((k, v) -> line(out, indent + field.name() + "." + k, v));
      } else {
        line(out, indent + field.name(), value);
      }
    }
    return out.toString();
  }
}
