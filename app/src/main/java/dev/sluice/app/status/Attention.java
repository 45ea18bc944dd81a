package dev.sluice.app.status;

import dev.sluice.app.status.StatusReport.FeedAge;
import dev.sluice.app.status.StatusReport.GenerationState;
import dev.sluice.app.status.StatusReport.GroupState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What of a report needs a person, each with what to do. */
final class Attention {
  /** A feed is late when it has missed one turn and half of the next. */
  private static final double LATE = 1.5;

  private Attention() {}

  /**
   * @param sinks names of the sinks that the settings want
   */
  static List<String> to(StatusReport report, Collection<String> sinks) {
    List<String> attention = new ArrayList<>();
    topics(report, attention);
    generations(report, attention);
    groups(report, sinks, attention);
    for (FeedAge feed : report.feeds()) {
      if (feed.every() != null
          && feed.ageSeconds() > LATE * Duration.parse(feed.every()).toSeconds()) {
        attention.add(
            "feed "
                + feed.feed()
                + " is "
                + Duration.ofSeconds(feed.ageSeconds()).toHours()
                + " hours old; the log of sluice feeds run says why");
      }
    }
    if (!report.scans().held().isEmpty()) {
      attention.add(
          report.scans().held().size()
              + " suspicious scans resolve nothing until they are confirmed: sluice scans list");
    }
    if (!report.scans().overdue().isEmpty()) {
      attention.add(
          report.scans().overdue().size()
              + " expected scans are missing; the first: "
              + report.scans().overdue().get(0));
    }
    if (!report.changesHeld().isEmpty()) {
      attention.add(
          report.changesHeld().size()
              + " changes of reference data wait for a second person: sluice changes list");
    }
    if (report.deadLetters().open() > 0) {
      attention.add(
          report.deadLetters().open()
              + " dead letters "
              + report.deadLetters().bySteps()
              + ": sluice dead-letters list");
    }
    return attention;
  }

  private static void topics(StatusReport report, List<String> attention) {
    if (!report.topics().missing().isEmpty()) {
      attention.add(report.topics().missing().size() + " topics are missing: sluice topics apply");
    }
    if (!report.topics().different().isEmpty()) {
      attention.add(
          "topics are not as declared: "
              + String.join(", ", report.topics().different())
              + "; sluice topics plan says why");
    }
  }

  private static void generations(StatusReport report, List<String> attention) {
    for (GenerationState each : report.generations()) {
      if (each.living() != null && each.living() != each.wanted()) {
        attention.add(
            each.realm()
                + " state is of generation "
                + each.living()
                + " and streams.generation is "
                + each.wanted()
                + "; sluice rebuild --plan");
      }
    }
  }

  private static void groups(
      StatusReport report, Collection<String> sinks, List<String> attention) {
    if (report.groups().stream().noneMatch(group -> group.service().equals("streams"))) {
      attention.add("the topology has never run here: sluice streams, or sluice up");
    }
    for (GroupState group : report.groups()) {
      boolean old =
          group.service().equals("streams")
              && report.generations().stream()
                  .noneMatch(each -> group.group().endsWith("-g" + each.living()));
      boolean goneSink =
          group.service().equals("sink")
              && sinks.stream().noneMatch(sink -> group.group().endsWith("sluice-sink-" + sink));
      if (group.members() == 0 && !old && !goneSink) {
        attention.add(
            group.group()
                + " has no member"
                + (group.lag() > 0 ? " and " + group.lag() + " records to work off" : ""));
      }
    }
  }
}
