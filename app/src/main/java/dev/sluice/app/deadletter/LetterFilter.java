package dev.sluice.app.deadletter;

import dev.sluice.topics.Topics.Realm;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Which dead letters somebody means; null says nothing about that.
 *
 * @param topic beginning of the original topic's name, with or without the prefix of the settings
 * @param step beginning of the step, {@code streams} or {@code streams:decode}
 * @param error part of the reason, in any case
 * @param asset the asset that the record is about, in full
 * @param resolved whether those that somebody replayed or dropped are meant too
 */
public record LetterFilter(
    List<Realm> realms,
    String topic,
    String step,
    String sink,
    String key,
    String asset,
    String error,
    Instant since,
    boolean resolved) {

  /** Whether it says anything at all: an act on everything must be asked for. */
  public boolean isEmpty() {
    return topic == null
        && step == null
        && sink == null
        && key == null
        && asset == null
        && error == null
        && since == null;
  }

  /** Whether a letter is meant, as far as that can be told without its content. */
  boolean matches(Letter letter, String prefix) {
    return (topic == null
            || letter.topic().startsWith(topic)
            || letter.topic().startsWith(prefix + topic))
        && (step == null || letter.step().startsWith(step))
        && (sink == null || letter.sink().filter(sink::equals).isPresent())
        && (key == null || letter.key().contains(key))
        && (error == null || lower(letter.error()).contains(lower(error)))
        && (since == null || !letter.at().isBefore(since));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
