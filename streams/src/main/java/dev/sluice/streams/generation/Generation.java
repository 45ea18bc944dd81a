package dev.sluice.streams.generation;

import dev.sluice.topics.Topics.Realm;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One generation of the state of one realm.
 *
 * @param prefix put before every topic and group
 * @param realm common topics, or those under embargo
 * @param number counts up from 1
 */
public record Generation(String prefix, Realm realm, int number) {
  public Generation {
    if (number < 1) {
      throw new IllegalArgumentException(
          "streams.generation is " + number + "; generations count up from 1");
    }
  }

  private String base() {
    return prefix + (realm == Realm.EMBARGOED ? "sluice-streams-embargoed" : "sluice-streams");
  }

  /** Name of the consumer group, and prefix of the changelogs. */
  public String applicationId() {
    return base() + "-g" + number;
  }

  /** Changelog topic of a store, by the rule of Kafka Streams. */
  public String changelog(String store) {
    return applicationId() + "-" + store + "-changelog";
  }

  /**
   * A topic that is there as long as state is being carried into this generation; while it is, a
   * start is refused.
   */
  public String marker() {
    return applicationId() + "-carry-over";
  }

  /** A topic that remembers what the state of this generation hangs on. */
  String fingerprints() {
    return applicationId() + "-fingerprint";
  }

  Generation withNumber(int other) {
    return new Generation(prefix, realm, other);
  }

  /** Number of the generation of this realm that a group or an internal topic belongs to. */
  OptionalInt numberOf(String groupOrTopic) {
    Matcher matcher =
        Pattern.compile(Pattern.quote(base()) + "-g([1-9][0-9]{0,8})(-.*)?").matcher(groupOrTopic);
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  @Override
  public String toString() {
    return applicationId();
  }
}
