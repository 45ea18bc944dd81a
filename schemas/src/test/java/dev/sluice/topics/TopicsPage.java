package dev.sluice.topics;

import dev.sluice.topics.Topic.Retention;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** Writes docs/topics.md from {@link Topics} and the schemas. */
final class TopicsPage {
  private static final int WIDTH = 120;

  private static final String HEAD =
      """
      # Topics
      <!-- Generated from dev.sluice.topics.Topics and schemas/src/main/avro; to refresh it, run
           mvn -pl schemas -am test -Dtest=TopicsPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dsluice.refresh=true -->

      What flows through Kafka, for people who consume it and for those who run it.

      | topic | key | value | partitions | kept |
      |---|---|---|---|---|
      """;

  private static final String RULES =
      """

      ## Rules
      - **Names** take the prefix of `kafka.prefix`. Topics of privately reported vulnerabilities have the same names after
        `embargoed.`, with an ACL of their own; reference data is shared with them and has no second copy.
      - **Keys** are plain UTF-8, without schema and without header.
      - **Partitions**: where the table says *per asset*, the partition is `murmur2(asset) mod partitions`, with the asset's
        name in UTF-8 and not the key. For a key that is the asset's name that is what Kafka's default partitioner does. All
        of these topics have as many partitions as `kafka.partitions` says, which is fixed for life: at start a topic that
        has another number is an error. Reference data has one partition.
      - **A compacted topic** holds the last value of each key; a tombstone (null) deletes it and can be seen for seven days.
      - **Sizes**: no record is larger than 1 MiB (`max.message.bytes`). What would be is cut, and a count says so.
      - **Missing topics** are created when a service starts, with `kafka.replication` replicas and, from three on,
        `min.insync.replicas=2`. Where services may not create topics, create them as in the table.
      - **Dead letters** keep the original key and bytes; their headers say topic, partition, offset, step and error.

      ## Wire format
      Values are in Confluent's wire format: a byte 0x00, the schema's id in the registry as four bytes, most significant
      first, and the record in Avro binary. Any Confluent-compatible deserializer reads them. Subjects are
      `<topic>-value` unless a strategy says otherwise. Schemas are compatible in both directions with every released one
      (`FULL_TRANSITIVE`), so a consumer may be older or newer than what it reads: new fields have defaults, and a reader
      takes an unknown enum symbol as `UNKNOWN`.

      ## Serializer and registry keys
      They are Confluent's own and are set under `registry.properties`, or as Kafka client properties for
      `dev.sluice.serde.SluiceAvroSerializer` and `SluiceAvroDeserializer`. Where the table says *prefix*, the key may also
      be written with `schema.registry.` in front, which wins. To have Confluent's own classes do the work, build with
      `mvn -Pconfluent`, which takes them from Confluent's repository, or put them on the class path.

      | key | default | meaning |
      |---|---|---|
      | `schema.registry.url` | | base URLs, comma separated; `mock://scope` is one in the same JVM, for tests |
      | `serde.provider` | `auto` | `auto`, `sluice` or `confluent`: whose classes; ours only by `registry.properties` |
      | `auto.register.schemas` | `true` | register a schema that the subject lacks; else that is an error |
      | `use.latest.version` | `false` | write with the newest version; needs `auto.register.schemas=false` |
      | `latest.compatibility.strict` | `true` | refuse a newest version that cannot hold our records |
      | `normalize.schemas` | `false` | let the registry normalise a schema before it compares |
      | `specific.avro.reader` | `true` | make generated classes; `false` makes generic records |
      | `avro.remove.java.properties` | `true` | register schemas without `avro.java.string` |
      | `key.subject.name.strategy` | `TopicNameStrategy` | that, `RecordNameStrategy` or `TopicRecordNameStrategy` |
      | `value.subject.name.strategy` | `TopicNameStrategy` | the same; Confluent's full class names are understood |
      | `basic.auth.credentials.source` | `URL` | `URL` or `USER_INFO`; prefix |
      | `basic.auth.user.info` | | `user:password`; prefix |
      | `bearer.auth.credentials.source` | | `STATIC_TOKEN`; prefix |
      | `bearer.auth.token` | | the token; prefix |
      | `schema.registry.ssl.truststore.location` | | JKS or PKCS12 file; also `.password`, `.type` |
      | `schema.registry.ssl.keystore.location` | | JKS or PKCS12 file; also `.password`, `.type` |
      | `schema.registry.ssl.key.password` | the store's | password of the key in it |
      | `http.connect.timeout.ms` | 10000 | limit for one connection; prefix |
      | `schema.registry.request.timeout.ms` | 30000 | limit for one request; `http.read.timeout.ms` is understood |
      | `max.retries` | 3 | rounds over all URLs after the first, on I/O errors, 408, 429 and 5xx; prefix |
      | `retries.wait.ms` | 500 | wait before the first of them, doubled each time, with jitter; prefix |
      | `retries.max.wait.ms` | 10000 | upper limit of that wait; prefix |
      | `missing.id.cache.ttl.sec` | 5 | how long an unknown schema id is not asked for again; prefix |

      ## Records
      """;

  private final StringBuilder page = new StringBuilder(HEAD);
  private final Map<String, Schema> parts = new TreeMap<>();

  static String write() {
    TopicsPage page = new TopicsPage();
    page.topics();
    return page.page.toString();
  }

  private void topics() {
    for (Topic<?> topic : Topics.all()) {
      row(
          topic.name(),
          topic.key(),
          link(topic.value().getSimpleName()),
          topic.byAsset(),
          topic.retention());
    }
    row(Topics.DEAD_LETTERS, "original key", "original bytes", true, TopicPlan.DEAD_LETTERS);
    page.append(RULES);
    for (Topic<?> topic : Topics.all()) {
      Schema schema = SpecificData.get().getSchema(topic.value());
      record(schema, "`" + topic.name() + "`: " + topic.doc() + " " + schema.getDoc());
    }
    Map<String, Schema> done = new TreeMap<>();
    Topics.all().forEach(topic -> done.put(topic.value().getSimpleName(), null));
    page.append("\n## Parts of records\n");
    while (!done.keySet().containsAll(parts.keySet())) {
      for (Schema part : parts.values().toArray(Schema[]::new)) {
        if (!done.containsKey(part.getName())) {
          done.put(part.getName(), part);
          if (part.getType() == Schema.Type.RECORD) {
            part.getFields().forEach(field -> type(field.schema()));
          }
        }
      }
    }
    done.values().stream()
        .filter(part -> part != null && part.getType() == Schema.Type.RECORD)
        .forEach(part -> record(part, part.getDoc()));
    page.append("\n## Enums\n");
    done.values().stream()
        .filter(part -> part != null && part.getType() == Schema.Type.ENUM)
        .forEach(this::symbols);
  }

  private void row(String name, String key, String value, boolean byAsset, Retention retention) {
    String days = retention.age() == null ? "" : retention.age().toDays() + " days";
    String kept = retention.compacted() ? "by key" + (days.isEmpty() ? "" : ", " + days) : days;
    page.append(
        "| `%s` | %s | %s | %s | %s |\n"
            .formatted(name, key, value, byAsset ? "per asset" : "1", kept));
  }

  private void record(Schema schema, String text) {
    page.append("\n### ").append(schema.getName()).append('\n');
    wrap("", text);
    page.append('\n');
    for (Schema.Field field : schema.getFields()) {
      String type = type(field.schema());
      String presence = field.hasDefaultValue() ? otherwise(field) : ", required";
      wrap("- ", "`" + field.name() + "` (" + type + presence + "): " + field.doc());
    }
  }

  private static String otherwise(Schema.Field field) {
    Object value = field.defaultVal();
    return value == JsonProperties.NULL_VALUE ? ", may be null" : "";
  }

  private void symbols(Schema schema) {
    page.append("\n### ").append(schema.getName()).append('\n');
    wrap("", "`" + String.join("`, `", schema.getEnumSymbols()) + "`. " + schema.getDoc());
  }

  private String type(Schema schema) {
    if (schema.getLogicalType() != null) {
      return schema.getLogicalType().getName();
    }
    return switch (schema.getType()) {
      case RECORD, ENUM -> part(schema);
      case ARRAY -> "array of " + type(schema.getElementType());
      case MAP -> "map of " + type(schema.getValueType());
      case UNION -> type(schema.getTypes().get(1));
      default -> schema.getType().getName();
    };
  }

  private String part(Schema schema) {
    parts.putIfAbsent(schema.getName(), schema);
    return link(schema.getName());
  }

  private static String link(String name) {
    return "[" + name + "](#" + name.toLowerCase(java.util.Locale.ROOT) + ")";
  }

  private void wrap(String bullet, String text) {
    String indent = " ".repeat(bullet.length());
    StringBuilder line = new StringBuilder(bullet);
    for (String word : text.split(" ")) {
      if (line.length() > indent.length() && line.length() + 1 + word.length() > WIDTH) {
        page.append(line).append('\n');
        line = new StringBuilder(indent);
      }
      if (line.length() > indent.length()) {
        line.append(' ');
      }
      line.append(word);
    }
    page.append(line).append('\n');
  }
}
