package dev.sluice.producers.gateway;

import dev.sluice.events.ScanVerdict;
import java.time.InstantSource;

/**
 * What a gateway remembers, all of it learnt from verdicts and from what it publishes itself: there
 * is nothing to keep on a disk, and a new gateway knows it within seconds.
 */
record Recall(VerdictView verdicts, RepeatLog repeats, Deliveries deliveries, InstantSource clock) {

  static Recall of(GatewaySettings settings, InstantSource clock) {
    VerdictView verdicts = new VerdictView(settings.verdictBytes(), settings.maxWaiting());
    return new Recall(
        verdicts, new RepeatLog(settings.repeatWindow(), clock, verdicts), new Deliveries(), clock);
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

  void forgotten(String scanId) {
    verdicts.remove(scanId);
  }
}
