package dev.sluice.streams.generation;

import dev.sluice.streams.rules.identity.Atom;
import dev.sluice.streams.state.RowLayout;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;

/**
 * What the state of a generation hangs on. Two releases with equal ones may share it, and so run in
 * one group while one takes the other's place; with other ones they must not.
 *
 * @param text for people: which stores are fed by which topics, and in what form rows are
 */
public record Fingerprint(String text) {
  /**
   * Of a topology of this release.
   *
   * @param prefix of topics, which is left out
   */
  public static Fingerprint of(Topology topology, String prefix) {
    Set<String> parts = new TreeSet<>();
    for (Subtopology part : topology.describe().subtopologies()) {
      Set<String> stores = new TreeSet<>();
      Set<String> topics = new TreeSet<>();
      for (Node node : part.nodes()) {
        if (node instanceof Processor processor) {
          stores.addAll(processor.stores());
        } else if (node instanceof Source source) {
          source.topicSet().forEach(topic -> topics.add(topic.substring(prefix.length())));
        }
      }
      // Tasks of a group are known by the number of the part: it must be the same for all members.
      parts.add(
          "part "
              + part.id()
              + ": "
              + String.join(", ", stores)
              + " from "
              + String.join(", ", topics));
    }
    return new Fingerprint(
        String.join("; ", parts) + "; rows v" + RowLayout.VERSION + "; atoms v" + Atom.VERSION);
  }
}
