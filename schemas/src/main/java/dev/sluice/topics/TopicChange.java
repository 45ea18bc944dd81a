package dev.sluice.topics;

/**
 * One thing in which a topic on the broker is not as declared.
 *
 * @param topic name on the broker
 * @param what {@code topic} where it is missing, {@code partitions}, {@code replication}, or the
 *     name of a setting of Kafka's
 * @param now what it is; empty where there is nothing
 * @param declared what it is to be
 * @param effect what making it so would do
 * @param why what follows from it, for people
 */
public record TopicChange(
    String topic, String what, String now, String declared, Effect effect, String why) {

  /** What making it so would do, and so who may. */
  public enum Effect {
    /** The topic is missing and would be made. */
    CREATES,
    /** Nothing is lost by it. */
    SAFE,
    /** Records that are kept now would be deleted; only for somebody who names it. */
    LOSES_DATA,
    /** Not a matter of a setting: somebody has to do it with other tools. */
    BY_HAND,
    /** Cannot be changed for as long as the topic lives. */
    FIXED
  }

  /** How somebody names it on a command line: {@code findings.v1/retention.ms}. */
  public String address() {
    return topic + "/" + what;
  }
}
