package dev.sluice.streams.rules.document;

import dev.sluice.conditions.Nearest;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A piece of a YAML document that knows its place: every complaint names line and column. */
public record YamlNode(String path, Node node) {

  private static final int LARGEST = 1_000_000;

  /**
   * Reads a document.
   *
   * @param name what the document is, for complaints: {@code the policy}
   * @throws DocumentException if it is empty, or no YAML, or larger than a million characters
   */
  public static YamlNode read(String name, String document) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LARGEST);
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(20);
    options.setNestingDepthLimit(20);
    try {
      Node root = new Yaml(options).compose(new StringReader(document));
      if (root == null) {
        throw new DocumentException(
            1, 1, "There is nothing in " + name + ".", "Write what it is to say.");
      }
      return new YamlNode(name, root);
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      throw new DocumentException(
          mark == null ? 1 : mark.getLine() + 1,
          mark == null ? 1 : mark.getColumn() + 1,
          "This is not YAML: " + e.getProblem() + ".",
          "Check quotes, colons and indentation.");
    } catch (YAMLException e) {
      throw new DocumentException(
          1,
          1,
          "This is not YAML that can be read: " + e.getMessage() + ".",
          "Make the document smaller and flatter.");
    }
  }

  public DocumentException wrong(String reason, String remedy) {
    Mark mark = node.getStartMark();
    return new DocumentException(mark.getLine() + 1, mark.getColumn() + 1, reason, remedy);
  }

  /** The fields of a mapping; a key that is not known is refused with the nearest one that is. */
  public Map<String, YamlNode> fields(List<String> known) {
    if (!(node instanceof MappingNode mapping)) {
      throw wrong(
          "Expected fields under " + path + ".",
          "Write \"key: value\" lines, with one of: " + String.join(", ", known) + ".");
    }
    Map<String, YamlNode> fields = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      YamlNode key = new YamlNode(path, tuple.getKeyNode());
      String name = key.text();
      if (!known.contains(name)) {
        throw key.wrong(
            "\"" + name + "\" is not known under " + path + ".",
            "Did you mean \"" + Nearest.of(name, known) + "\"?");
      }
      if (fields.put(name, new YamlNode(name, tuple.getValueNode())) != null) {
        throw key.wrong("\"" + name + "\" is there twice.", "Keep one.");
      }
    }
    return fields;
  }

  /** Whether there is a key and nothing behind it. */
  public boolean isEmpty() {
    return node instanceof ScalarNode scalar && scalar.getValue().isBlank();
  }

  /** Line in the document, counted from 1. */
  public int line() {
    return node.getStartMark().getLine() + 1;
  }

  public List<YamlNode> items() {
    if (!(node instanceof SequenceNode sequence)) {
      throw wrong("Expected a list under " + path + ".", "Begin each entry with \"- \".");
    }
    List<YamlNode> items = new ArrayList<>();
    sequence.getValue().forEach(n -> items.add(new YamlNode("an entry of " + path, n)));
    return items;
  }

  public String text() {
    if (!(node instanceof ScalarNode scalar)) {
      throw wrong("Expected a text for " + path + ".", "Write it on one line, or in quotes.");
    }
    return scalar.getValue();
  }

  public int number(int least, int most) {
    String text = text();
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException ignored) {
      // Falls through to the one complaint for both.
    }
    throw wrong(
        "\"" + text + "\" is no number from " + least + " to " + most + " for " + path + ".",
        "Write a whole number.");
  }

  public <E extends Enum<E>> E word(Class<E> type) {
    String text = text();
    List<String> known = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      known.add(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
      if (constant.name().equalsIgnoreCase(text.strip().replace('-', '_'))) {
        return constant;
      }
    }
    throw wrong(
        "\"" + text + "\" is not known for " + path + ".",
        "Use one of: " + String.join(", ", known) + ".");
  }

  public boolean flag() {
    return switch (text().strip()) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw wrong(
              "\"" + text() + "\" is neither true nor false for " + path + ".",
              "Write true or false.");
    };
  }

  /** Line in the document of a place inside this text, both counted from 1. */
  public int lineOf(int lineInText) {
    Mark mark = node.getStartMark();
    return mark.getLine() + lineInText + (isBlock() ? 1 : 0);
  }

  /** Column in the document of a place inside this text; {@code columnInText} is counted from 0. */
  public int columnOf(int lineInText, int columnInText, String document) {
    Mark mark = node.getStartMark();
    if (isBlock() || lineInText > 1) {
      String[] lines = document.split("\n", -1);
      int at = lineOf(lineInText) - 1;
      int indent = at < lines.length ? lines[at].length() - lines[at].stripLeading().length() : 0;
      return indent + columnInText + 1;
    }
    boolean quoted =
        node instanceof ScalarNode s
            && s.getScalarStyle() != org.yaml.snakeyaml.DumperOptions.ScalarStyle.PLAIN;
    return mark.getColumn() + columnInText + 1 + (quoted ? 1 : 0);
  }

  private boolean isBlock() {
    if (!(node instanceof ScalarNode scalar)) {
      return false;
    }
    return switch (scalar.getScalarStyle()) {
      case LITERAL, FOLDED -> true;
      default -> false;
    };
  }
}
