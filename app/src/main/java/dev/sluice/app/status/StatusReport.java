package dev.sluice.app.status;

import java.util.List;
import java.util.Map;

/**
 * How an installation is, as {@code sluice status --json} prints it.
 *
 * @param sluice version of this command
 * @param kafka where it was asked
 * @param changesHeld changes of reference data that wait for a second person
 * @param attention what needs a person, one sentence each; empty if all is well
 */
public record StatusReport(
    String sluice,
    String kafka,
    String asked,
    List<GroupState> groups,
    List<GenerationState> generations,
    List<FeedAge> feeds,
    Scans scans,
    List<String> changesHeld,
    Letters deadLetters,
    Topics topics,
    List<String> attention) {

  /**
   * A consumer group.
   *
   * @param service streams, sink or database
   * @param state by Kafka's own name, in lower case: stable, empty, preparing rebalance
   * @param lag records that are written and not yet worked off
   */
  public record GroupState(String group, String service, String state, int members, long lag) {}

  /**
   * State of the topology in one realm.
   *
   * @param living the highest generation that has state; null if none has
   * @param wanted what streams.generation says
   * @param restoring records that are still to be read before it works; null where nobody tells
   */
  public record GenerationState(String realm, Integer living, int wanted, Long restoring) {}

  /**
   * A feed of reference data.
   *
   * @param every how often the settings want it; null if they do not name it
   */
  public record FeedAge(String feed, String loadedAt, long ageSeconds, String every) {}

  /**
   * @param held suspicious scans that wait to be confirmed
   * @param overdue scans that are missing, by the items that say so
   */
  public record Scans(List<String> held, List<String> overdue) {}

  /**
   * @param open those that nobody has done anything about
   */
  public record Letters(long open, Map<String, Long> bySteps) {}

  /**
   * @param missing topics that are not there
   * @param different settings that are not as declared
   */
  public record Topics(List<String> missing, List<String> different) {}
}
