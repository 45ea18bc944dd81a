package dev.sluice.app.settings;

import dev.sluice.app.settings.SettingNode.Leaf;
import dev.sluice.app.settings.SettingNode.TextMap;
import dev.sluice.settings.SecretValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Writes {@code docs/settings.md} from the records, so that it cannot be wrong. */
final class SettingsTable {
  private static final String HEAD =
      """
      # Settings

      Every key with its default. This page is generated from the settings records
      (`mvn -pl app -am test -Dtest=SettingsTableTest -Dsluice.update=true -Dsurefire.failIfNoSpecifiedTests=false`);
      a test fails when it is out of date.

      A value comes from the last of these that has it: the default, the settings file (`--config FILE`, else
      `SLUICE_CONFIG`, else `sluice.yaml` in the current directory), the environment, flags. `--set KEY=VALUE`
      sets any key. In the environment a key is upper case with `SLUICE_` in front, and `.` and `-` become `_`:
      `kafka.bootstrap-servers` is `SLUICE_KAFKA_BOOTSTRAP_SERVERS`. Where a key ends in `*`, the rest of the
      variable's name is lower case with dots: `SLUICE_KAFKA_PROPERTIES_SECURITY_PROTOCOL` is
      `kafka.properties.security.protocol`. A `*` in the middle is a name of your own choice.

      `sluice config check` checks all of it, `sluice config show` prints each value with where it comes from. Editors complete
      and check the file by its JSON Schema (settings.schema.json beside this page, or `sluice config schema`) with
      `# yaml-language-server: $schema=sluice.schema.json` as its first line.

      Durations are written `500ms`, `30s`, `5m`, `12h` or `7d`. Lists are YAML lists or comma separated. An
      unknown key and a value of the wrong type are errors that name the place and the nearest known key. Values
      of type secret are never printed.

      """;

  private SettingsTable() {}

  static String markdown(Class<? extends Record> root) {
    StringBuilder page = new StringBuilder(HEAD);
    String section = "";
    for (Map.Entry<String, SettingNode> entry : SettingKeys.of(SettingNode.of(root)).entrySet()) {
      String key = entry.getKey();
      String group = key.contains(".") ? key.substring(0, key.indexOf('.')) : "general";
      if (!group.equals(section)) {
        page.append(section.isEmpty() ? "" : "\n").append("## ").append(group).append("\n\n");
        page.append("| key | type | default | meaning |\n|---|---|---|---|\n");
        section = group;
      }
      page.append("| `").append(key).append("` | ").append(type(entry.getValue())).append(" | ");
      page.append(defaultText(entry.getValue())).append(" | ");
      page.append(doc(entry.getValue()).replace("|", "\\|")).append(" |\n");
    }
    return page.toString();
  }

  private static String type(SettingNode node) {
    if (!(node instanceof Leaf leaf)) {
      return "text";
    }
    Class<?> type = leaf.type();
    if (type == SecretValue.class) {
      return "secret";
    } else if (type == Duration.class) {
      return "duration";
    } else if (type == List.class) {
      return "list";
    }
    return SettingText.expected(type).replaceFirst("^an? ", "");
  }

  private static String defaultText(SettingNode node) {
    return node instanceof Leaf leaf && !leaf.defaultText().isEmpty()
        ? "`" + leaf.defaultText() + "`"
        : "";
  }

  private static String doc(SettingNode node) {
    return node instanceof Leaf leaf ? leaf.doc() : ((TextMap) node).doc();
  }
}
