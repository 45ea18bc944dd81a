package dev.sluice.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.ItemKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import wiremock.com.networknt.schema.JsonSchema;
import wiremock.com.networknt.schema.JsonSchemaFactory;
import wiremock.com.networknt.schema.SpecVersion;

final class EventJsonTest {
  /** Of the state that wrote it; or an attribute of the CloudEvent instead. */
  private static final Set<String> NOT_SENT = Set.of("generation", "traceparent");

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void isAsDocumented() throws Exception {
    Golden.check(
        "event.json",
        new String(
                bytes(Samples.event("item-1", 1, 1, ActionEventType.CHANGED)),
                StandardCharsets.UTF_8)
            + "\n");
  }

  @Test
  void everyKindOfEventMeetsThePublishedSchema() throws Exception {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schemaText());
    for (ActionEventType type : ActionEventType.values()) {
      String event = new String(bytes(Samples.event("i", 2, 7, type)), StandardCharsets.UTF_8);
      assertThat(schema.validate(event, wiremock.com.networknt.schema.InputFormat.JSON))
          .as(type.name())
          .isEmpty();
    }
    String bad =
        new String(bytes(Samples.event("i", 2, 7, ActionEventType.OPENED)), StandardCharsets.UTF_8)
            .replace("\"critical\"", "\"terrible\"");
    assertThat(schema.validate(bad, wiremock.com.networknt.schema.InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void everyFieldOfTheContractIsWritten() throws Exception {
    ActionItem full =
        Samples.item("i")
            .setUnit("services/pay")
            .setPlace("src/A.java:7")
            .setStatusReason("fixed")
            .setResolvedAt(Samples.AT)
            .build();
    JsonNode written =
        json.readTree(bytes(Samples.event(full, ActionEventType.CHANGED))).get("item");
    Set<String> names = new TreeSet<>();
    written.fieldNames().forEachRemaining(names::add);
    for (Schema.Field field : ActionItem.getClassSchema().getFields()) {
      if (!NOT_SENT.contains(field.name())) {
        assertThat(names).contains(field.name());
      }
    }
  }

  @Test
  void leavesOutWhatIsNotKnown() throws Exception {
    ActionItem bare =
        ActionItem.newBuilder().setId("i").setAsset("a").setKind(ItemKind.FINDING).build();
    JsonNode written = json.readTree(bytes(Samples.event(bare, ActionEventType.OPENED)));
    assertThat(written.at("/item").has("due")).isFalse();
    assertThat(written.at("/item").has("owner")).isFalse();
    assertThat(written.at("/item/lines").isArray()).isTrue();
  }

  private static byte[] bytes(ActionEvent event) {
    return EventJson.bytes(event, event.getItem());
  }

  private static String schemaText() throws Exception {
    return Files.readString(
        Path.of(System.getProperty("sluice.root", "..")).resolve("docs/action-event.schema.json"));
  }
}
