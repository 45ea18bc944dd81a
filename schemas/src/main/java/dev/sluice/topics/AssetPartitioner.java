package dev.sluice.topics;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * Chooses the partition of every per-asset record by murmur2 of the asset's name, whatever the
 * record's key is. It is the default partitioner of Kafka's own clients for a key that is the asset
 * name, so producers in other languages agree without code of ours.
 */
public final class AssetPartitioner {
  private AssetPartitioner() {}

  /**
   * @param asset canonical asset name
   * @param partitions number of partitions of the topic, at least 1
   */
  public static int partition(String asset, int partitions) {
    byte[] name = asset.getBytes(StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(name)) % partitions;
  }
}
