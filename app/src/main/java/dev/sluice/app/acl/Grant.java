package dev.sluice.app.acl;

import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Rights on one resource of Kafka, or on all whose name begins alike.
 *
 * @param type topic, group, transactional id or cluster
 * @param name name on the broker, or its beginning
 * @param pattern {@code LITERAL} or {@code PREFIXED}
 * @param operations what may be done
 */
public record Grant(
    ResourceType type, String name, PatternType pattern, List<AclOperation> operations) {

  /** The one resource that a cluster is, by Kafka's own name. */
  private static final String CLUSTER = "kafka-cluster";

  public Grant {
    operations = operations.stream().distinct().sorted().toList();
  }

  static Grant topic(String name, AclOperation... operations) {
    return new Grant(ResourceType.TOPIC, name, PatternType.LITERAL, Arrays.asList(operations));
  }

  static Grant topicsFrom(String prefix, AclOperation... operations) {
    return new Grant(ResourceType.TOPIC, prefix, PatternType.PREFIXED, Arrays.asList(operations));
  }

  static Grant groupsFrom(String prefix, AclOperation... operations) {
    return new Grant(ResourceType.GROUP, prefix, PatternType.PREFIXED, Arrays.asList(operations));
  }

  static Grant transactionsFrom(String prefix) {
    return new Grant(
        ResourceType.TRANSACTIONAL_ID,
        prefix,
        PatternType.PREFIXED,
        List.of(AclOperation.DESCRIBE, AclOperation.WRITE));
  }

  static Grant cluster(AclOperation... operations) {
    return new Grant(ResourceType.CLUSTER, CLUSTER, PatternType.LITERAL, Arrays.asList(operations));
  }

  /** Both grants on one resource as one. */
  Grant and(Grant other) {
    return new Grant(
        type,
        name,
        pattern,
        java.util.stream.Stream.concat(operations.stream(), other.operations.stream()).toList());
  }

  /** Whether the other is about the same resource. */
  boolean isAbout(Grant other) {
    return type == other.type && pattern == other.pattern && name.equals(other.name);
  }
}
