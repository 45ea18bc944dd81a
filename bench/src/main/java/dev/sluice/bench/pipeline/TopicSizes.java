package dev.sluice.bench.pipeline;

import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;

/** Sizes of topics on the broker. */
final class TopicSizes {
  private TopicSizes() {}

  /** Bytes that the broker keeps for all topics whose name fits, as they are: compressed. */
  static long of(Admin admin, Predicate<String> topics) throws InterruptedException {
    try {
      return admin.describeLogDirs(java.util.List.of(1)).allDescriptions().get().values().stream()
          .flatMap(dirs -> dirs.values().stream())
          .flatMap(dir -> dir.replicaInfos().entrySet().stream())
          .filter(replica -> topics.test(replica.getKey().topic()))
          .mapToLong(replica -> replica.getValue().size())
          .sum();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker does not say how large its topics are", e);
    }
  }
}
