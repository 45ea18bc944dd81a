package dev.sluice.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.topics.Topics.Realm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.GlobalStore;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The shape and the names of the topology: local state, changelogs and tasks hang on them. */
class SluiceTopologyTest {
  @ParameterizedTest
  @EnumSource(Realm.class)
  void isAsApproved(Realm realm) throws IOException {
    String file = "topology-" + realm + ".approved.txt";

    assertThat(shape(build(realm)))
        .as(
            "A changed name needs a new generation: running installations would look for their"
                + " state under another name, find none and report everything again. If that is"
                + " what you want, say in RowUpgrades how rows and stores of the old names are"
                + " carried over (docs/adr/0007-generations.md), raise the default of"
                + " streams.generation, and approve by hand what %s says now",
            file)
        .isEqualTo(approved(file));
  }

  /** Numbered names, as Kafka Streams gives them by itself, move when something is added. */
  @ParameterizedTest
  @EnumSource(Realm.class)
  void everythingHasANameOfItsOwn(Realm realm) {
    assertThat(shape(build(realm)))
        .doesNotContainPattern("[0-9]{10}")
        .doesNotContain("KSTREAM-", "KTABLE-", "STATE-STORE");
    assertThat(SluiceTopology.stores()).containsExactly("seen", "staging", "facts", "order");
  }

  private static Topology build(Realm realm) {
    AvroSerdes serdes = AvroSerdes.of(new RegistrySettings("mock://shape", Map.of()));
    return SluiceTopology.build(new TopologyPlan("", realm, 1, River.settings(), serdes));
  }

  /** As {@link Topology#describe}, in an order that does not depend on the run. */
  private static String shape(Topology topology) {
    TopologyDescription description = topology.describe();
    TreeSet<String> lines = new TreeSet<>();
    for (Subtopology part : description.subtopologies()) {
      for (Node node : part.nodes()) {
        lines.add("part " + part.id() + " " + line(node));
      }
    }
    for (GlobalStore global : description.globalStores()) {
      lines.add("global " + global.id() + " " + line(global.source()));
      lines.add("global " + global.id() + " " + line(global.processor()));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String line(Node node) {
    if (node instanceof Source source) {
      return "source " + node.name() + " reads " + new TreeSet<>(source.topicSet()) + after(node);
    }
    if (node instanceof Sink sink) {
      return "sink " + node.name() + " writes " + sink.topic() + after(node);
    }
    if (node instanceof Processor processor) {
      return "processor "
          + node.name()
          + " keeps "
          + new TreeSet<>(processor.stores())
          + after(node);
    }
    throw new IllegalStateException("a node of another kind: " + node);
  }

  private static String after(Node node) {
    List<String> before = node.predecessors().stream().map(Node::name).sorted().toList();
    return before.isEmpty() ? "" : " after " + before;
  }

  private static String approved(String file) throws IOException {
    try (InputStream in = SluiceTopologyTest.class.getResourceAsStream(file)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
