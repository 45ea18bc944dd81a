package dev.sluice.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * One block cache and one budget of write buffers for all stores of the process, so that memory
 * does not grow with the number of partitions. Kafka Streams makes one of these per store and
 * offers no other way to share than a static; the first store's limit counts.
 */
public final class BoundedRocks implements RocksDBConfigSetter {
  /** Streams property: bytes for block cache and write buffers together. */
  public static final String BYTES = "sluice.rocksdb.bytes";

  private static Cache cache;
  private static WriteBufferManager buffers;

  private BloomFilter bloom;

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    share(Long.parseLong(String.valueOf(configs.getOrDefault(BYTES, 64L << 20))));
    bloom = new BloomFilter(10);
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(cache);
    table.setCacheIndexAndFilterBlocks(true);
    table.setPinL0FilterAndIndexBlocksInCache(true);
    table.setFilterPolicy(bloom);
    options.setWriteBufferManager(buffers);
    options.setWriteBufferSize(8L << 20);
    options.setMaxWriteBufferNumber(2);
    options.setCompressionType(CompressionType.NO_COMPRESSION);
    options.setTableFormatConfig(table);
  }

  private static synchronized void share(long bytes) {
    if (cache == null) {
      cache = new LRUCache(bytes, -1, false, 0.1);
      buffers = new WriteBufferManager(bytes / 2, cache);
    }
  }

  @Override
  public void close(String storeName, Options options) {
    bloom.close();
  }
}
