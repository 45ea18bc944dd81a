package dev.sluice.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

/** What every record of the contract keeps to. */
class ContractTest {
  private final List<Schema> named = new ArrayList<>();

  ContractTest() {
    Set<String> seen = new HashSet<>();
    for (Topic<?> topic : Topics.all()) {
      collect(SpecificData.get().getSchema(topic.value()), seen);
    }
  }

  private void collect(Schema schema, Set<String> seen) {
    switch (schema.getType()) {
      case RECORD -> {
        if (seen.add(schema.getFullName())) {
          named.add(schema);
          schema.getFields().forEach(field -> collect(field.schema(), seen));
        }
      }
      case ENUM -> {
        if (seen.add(schema.getFullName())) {
          named.add(schema);
        }
      }
      case ARRAY -> collect(schema.getElementType(), seen);
      case MAP -> collect(schema.getValueType(), seen);
      case UNION -> schema.getTypes().forEach(type -> collect(type, seen));
      default -> {}
    }
  }

  @Test
  void everyTypeAndFieldIsDocumented() {
    for (Schema schema : named) {
      assertThat(schema.getDoc()).as(schema.getFullName()).isNotBlank();
      if (schema.getType() == Schema.Type.RECORD) {
        for (Schema.Field field : schema.getFields()) {
          assertThat(field.doc()).as("%s.%s", schema.getName(), field.name()).isNotBlank();
        }
      }
    }
  }

  @Test
  void everyEnumHasADefaultForSymbolsOfLaterVersions() {
    assertThat(named)
        .filteredOn(schema -> schema.getType() == Schema.Type.ENUM)
        .isNotEmpty()
        .allSatisfy(schema -> assertThat(schema.getEnumDefault()).isEqualTo("UNKNOWN"));
  }

  @Test
  void unionsAreOnlyOptionalFieldsThatDefaultToNull() {
    for (Schema schema : named) {
      if (schema.getType() != Schema.Type.RECORD) {
        continue;
      }
      for (Schema.Field field : schema.getFields()) {
        if (field.schema().isUnion()) {
          String name = schema.getName() + "." + field.name();
          assertThat(field.schema().getTypes()).as(name).hasSize(2);
          assertThat(field.schema().getTypes().get(0).getType())
              .as(name)
              .isEqualTo(Schema.Type.NULL);
          assertThat(field.hasDefaultValue()).as(name).isTrue();
        }
      }
    }
  }

  @Test
  void topicNamesAreUnique() {
    assertThat(Topics.all().stream().map(Topic::name)).doesNotHaveDuplicates();
  }

  @Test
  void everyTopicHasATypeOfItsOwn() {
    assertThat(Topics.all().stream().map(Topic::value)).doesNotHaveDuplicates();
  }
}
