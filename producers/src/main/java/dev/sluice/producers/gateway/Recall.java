package dev.sluice.producers.gateway;

import dev.sluice.events.ScanVerdict;
import java.time.InstantSource;

/**
 * What a gateway remembers, all of it learnt from verdicts and from what it publishes itself: there
 * is nothing to keep on a disk, and a new gateway knows it within seconds.
 */
record Recall(
    VerdictView verdicts,
    Profiles profiles,
    RepeatLog repeats,
    Deliveries deliveries,
    InstantSource clock)
    implements TopicTail.Follower<ScanVerdict> {

  static Recall of(GatewaySettings settings, InstantSource clock) {
    VerdictView verdicts = new VerdictView(settings.verdictBytes(), settings.maxWaiting());
    return new Recall(
        verdicts,
        new Profiles(),
        new RepeatLog(settings.repeatWindow(), clock, verdicts),
        new Deliveries(),
        clock);
  }

  void decided(ScanVerdict verdict) {
    verdicts.put(verdict);
    repeats.decided(verdict);
    String id = verdict.getScanId();
    if (id.startsWith(GithubWebhook.DELIVERY)
        || id.startsWith(GitlabWebhook.DELIVERY)
        || id.startsWith(GenericWebhook.DELIVERY)) {
      deliveries.decided(id, verdict.getCompleteness());
    }
  }

  @Override
  public void put(String scanId, ScanVerdict verdict) {
    decided(verdict);
  }

  @Override
  public void remove(String scanId) {
    verdicts.remove(scanId);
  }
}
