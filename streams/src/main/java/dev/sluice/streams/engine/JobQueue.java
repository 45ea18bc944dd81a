package dev.sluice.streams.engine;

import dev.sluice.streams.state.Facts;
import dev.sluice.streams.state.Order;
import dev.sluice.streams.state.Order.Job;
import dev.sluice.streams.state.State;
import dev.sluice.streams.state.row.AssetRow;
import dev.sluice.streams.state.row.JobRow;
import java.util.HashSet;
import java.util.Set;

/** Work that waits: in order within an asset, in turn among assets. */
final class JobQueue {
  private final State state;
  private final Set<Long> queuedScans = new HashSet<>();
  private boolean loaded;
  private Long lastAsset;

  JobQueue(State state) {
    this.state = state;
  }

  void add(String asset, JobRow job) {
    load();
    long key = Facts.assetKey(asset);
    AssetRow row = state.facts().asset(key);
    if (row == null) {
      row = AssetRow.newBuilder().setAsset(asset).build();
    }
    long number = row.getNextJob();
    row.setNextJob(number + 1);
    state.facts().putAsset(key, row);
    state.order().putJob(key, number, job);
    if (job.getScanKey() != null) {
      queuedScans.add(job.getScanKey());
    }
  }

  boolean isQueued(long scanKey) {
    load();
    return queuedScans.contains(scanKey);
  }

  /** The next job, from the asset after the one that was served last. */
  Job next() {
    Order order = state.order();
    Job job = order.nextAssetJob(lastAsset);
    if (job == null && lastAsset != null) {
      job = order.nextAssetJob(null);
    }
    lastAsset = job == null ? null : job.asset();
    return job;
  }

  void keep(Job job) {
    state.order().putJob(job.asset(), job.number(), job.row());
  }

  void done(Job job) {
    state.order().removeJob(job.asset(), job.number());
    if (job.row().getScanKey() != null) {
      queuedScans.remove(job.row().getScanKey());
    }
  }

  /** Which scans are waiting is not kept apart; it follows from the jobs. */
  private void load() {
    if (loaded) {
      return;
    }
    loaded = true;
    Long asset = null;
    for (Job job = state.order().nextAssetJob(asset); job != null; ) {
      for (Job mine : state.order().jobsOf(job.asset())) {
        if (mine.row().getScanKey() != null) {
          queuedScans.add(mine.row().getScanKey());
        }
      }
      asset = job.asset();
      job = state.order().nextAssetJob(asset);
    }
  }
}
