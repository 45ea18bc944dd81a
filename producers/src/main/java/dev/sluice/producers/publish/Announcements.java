package dev.sluice.producers.publish;

import dev.sluice.events.LineEnded;
import dev.sluice.events.Scanner;
import dev.sluice.events.Scope;
import dev.sluice.producers.asset.AssetName;
import dev.sluice.producers.publish.PublishOutcome.Published;
import dev.sluice.producers.publish.PublishOutcome.Reason;
import dev.sluice.producers.publish.PublishOutcome.Refused;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.topics.Topics.Realm;
import java.time.Clock;
import java.util.List;

/** Publishes what there is no report of: a scan that failed, a line of development that ended. */
final class Announcements {
  /** {@code ScanFailed.reason} of a scan whose scanner, or whose job, did not get to a report. */
  static final String SCANNER_FAILED = "scanner-failed";

  private final AttemptFactory attempts;
  private final Clock clock;

  Announcements(AttemptFactory attempts, Clock clock) {
    this.attempts = attempts;
    this.clock = clock;
  }

  PublishOutcome fail(
      PublishRequest request, String tool, String detail, Admission admission, EventSender sender) {
    try {
      ScanFacts facts =
          new ScanFacts(
              Scanner.newBuilder().setName(tool).build(),
              Scope.newBuilder().build(),
              null,
              null,
              null,
              null,
              null,
              null,
              false);
      ScanIdentity identity = ScanIdentity.of(request, facts, "failed scan");
      if (!admission.permits(identity.asset())) {
        return new Refused(
            Reason.ASSET_FORBIDDEN,
            "reporting for "
                + identity.asset()
                + " is not allowed with this token; use one whose asset prefixes cover it");
      }
      ScanTime time = ScanTime.of(null, null, clock.instant());
      Attempt attempt = attempts.create(1, identity, Realm.COMMON, request, sender);
      attempt.start(identity.started(time, request.publisher()).build());
      attempt.fail(SCANNER_FAILED, detail);
      sender.awaitAll();
      return new Published(List.of(attempt.result("", null)));
    } catch (PublishStop e) {
      return e.outcome();
    }
  }

  PublishOutcome end(
      AssetName asset, LineEnded ended, String id, String traceparent, EventSender sender) {
    try {
      attempts.announce(asset, ended, id, traceparent, sender);
      sender.awaitAll();
      return new Published(List.of());
    } catch (PublishStop e) {
      return e.outcome();
    }
  }
}
