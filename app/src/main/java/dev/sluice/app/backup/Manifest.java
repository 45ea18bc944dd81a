package dev.sluice.app.backup;

import java.util.List;
import java.util.Map;

/**
 * What a backup holds; {@code manifest.json} in it. Names are without the prefix of the settings.
 *
 * @param format version of this format
 * @param sluice version of the release that wrote it
 * @param partitions of every per-asset topic; the same where it is restored
 * @param generations application ids of the topology whose state is in it
 * @param schemas Avro schemas by their id in the registry that values in here refer to
 */
public record Manifest(
    int format,
    String sluice,
    String createdAt,
    int partitions,
    List<String> generations,
    List<TopicPart> topics,
    List<GroupPart> groups,
    Map<Integer, String> schemas) {

  /** The format that this release writes and reads. */
  public static final int FORMAT = 1;

  static final String ENTRY = "manifest.json";

  public Manifest {
    generations = List.copyOf(generations);
    topics = List.copyOf(topics);
    groups = List.copyOf(groups);
    schemas = Map.copyOf(schemas);
  }

  /**
   * One topic.
   *
   * @param entry name of its file in the backup, an Avro container
   * @param internal whether it belongs to the topology and is made by restoring
   * @param configs settings of the topic, for an internal one
   * @param schemas ids of schemas that its values refer to
   * @param sha256 of the file, in hexadecimal
   */
  public record TopicPart(
      String name,
      String entry,
      boolean internal,
      int partitions,
      Map<String, String> configs,
      List<Integer> schemas,
      long records,
      String sha256) {
    public TopicPart {
      configs = Map.copyOf(configs);
      schemas = List.copyOf(schemas);
    }
  }

  /**
   * How far a group has read: of each partition of a topic, how many records of this backup are
   * behind it.
   */
  public record GroupPart(String name, Map<String, Map<Integer, Long>> read) {
    public GroupPart {
      read = Map.copyOf(read);
    }
  }
}
