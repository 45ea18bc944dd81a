package dev.sluice.app.settings;

import dev.sluice.app.settings.Layer.Placed;
import dev.sluice.app.settings.SettingNode.Group;
import dev.sluice.app.settings.SettingNode.Leaf;
import dev.sluice.app.settings.SettingNode.Named;
import dev.sluice.app.settings.SettingNode.TextMap;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads {@code sluice.yaml} against the shape. It works on the node tree and not on loaded objects,
 * because only nodes know their line, and because {@code 7d} and {@code 08} must stay text.
 */
final class YamlLayer {
  static final int RANK = 200;
  private static final int LIMIT = 1 << 20;

  private final String file;
  private final Map<String, Placed> values = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private YamlLayer(String file) {
    this.file = file;
  }

  static Layer read(Path path, Group shape) {
    YamlLayer layer = new YamlLayer(path.toString());
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setCodePointLimit(LIMIT);
    try {
      Node root = new Yaml(options).compose(new StringReader(Files.readString(path)));
      if (root != null && root.getTag() != Tag.NULL) {
        layer.group("", shape, root);
      }
    } catch (NoSuchFileException e) {
      layer.problems.add(path + ": there is no such file; check --config or SLUICE_CONFIG");
    } catch (CharacterCodingException e) {
      layer.problems.add(path + ": is not UTF-8 text; save it as UTF-8");
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      layer.problems.add(path + ", line " + line + ": is not YAML: " + e.getProblem());
    } catch (IOException | YAMLException e) {
      layer.problems.add(path + ": cannot be read: " + e.getMessage());
    }
    return new Layer(layer.file, RANK, layer.values, layer.problems);
  }

  private void group(String prefix, Group group, Node node) {
    if (!(node instanceof MappingNode mapping)) {
      expected(prefix, "keys under it: " + String.join(", ", group.children().keySet()), node);
      return;
    }
    Map<String, Integer> seen = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String name = name(tuple);
      Integer before = seen.put(name, line(tuple.getKeyNode()));
      if (before != null) {
        problems.add(
            place(tuple.getKeyNode()) + ": " + prefix + name + " is already on line " + before);
        continue;
      }
      SettingNode child = group.children().get(name);
      if (child == null) {
        String nearest =
            Nearest.of(name, group.children().keySet())
                .map(found -> "did you mean " + prefix + found + "?")
                .orElseGet(() -> "known here: " + String.join(", ", group.children().keySet()));
        problems.add(place(tuple.getKeyNode()) + ": unknown key " + prefix + name + "; " + nearest);
      } else {
        child(prefix + name, child, tuple.getValueNode());
      }
    }
  }

  private void child(String key, SettingNode child, Node node) {
    if (node.getTag() == Tag.NULL) {
      return; // an empty value leaves the default, as in any YAML file
    }
    if (child instanceof Group group) {
      group(key + ".", group, node);
    } else if (child instanceof Named named) {
      named(key, named, node);
    } else if (child instanceof TextMap) {
      texts(key, node);
    } else if (child instanceof Leaf leaf) {
      leaf(key, leaf, node);
    }
  }

  private void named(String key, Named named, Node node) {
    if (!(node instanceof MappingNode mapping)) {
      expected(key, "a name, and keys under it", node);
      return;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String name = name(tuple);
      if (!name.matches("[A-Za-z0-9_-]+")) {
        problems.add(
            place(tuple.getKeyNode())
                + ": the name under "
                + key
                + " may hold letters, digits, _ and - only");
      } else {
        child(key + "." + name, named.group(), tuple.getValueNode());
      }
    }
  }

  /** Property names have dots, which some people write as levels. */
  private void texts(String key, Node node) {
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        texts(key + "." + name(tuple), tuple.getValueNode());
      }
    } else if (node instanceof ScalarNode scalar) {
      values.put(key, new Placed(scalar.getValue(), place(node)));
    } else {
      expected(key, "text", node);
    }
  }

  private void leaf(String key, Leaf leaf, Node node) {
    if (node instanceof ScalarNode scalar) {
      values.put(key, new Placed(scalar.getValue(), place(node)));
    } else if (leaf.isList() && node instanceof SequenceNode sequence) {
      List<String> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        if (item instanceof ScalarNode scalar) {
          items.add(scalar.getValue());
        } else {
          expected(key, "a list of texts", item);
        }
      }
      values.put(key, new Placed(SettingText.join(items), place(node)));
    } else {
      expected(key, SettingText.expected(leaf.type()), node);
    }
  }

  private void expected(String key, String what, Node node) {
    String name = key.isEmpty() ? "the file" : key.replaceAll("\\.$", "");
    problems.add(place(node) + ": " + name + " needs " + what);
  }

  private static String name(NodeTuple tuple) {
    return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  private String place(Node node) {
    return file + ", line " + line(node);
  }
}
