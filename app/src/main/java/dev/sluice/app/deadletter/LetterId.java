package dev.sluice.app.deadletter;

import dev.sluice.topics.Topics.Realm;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a dead letter is: {@code 3-17} in the common realm, {@code embargoed-3-17} in the other.
 */
public record LetterId(Realm realm, int partition, long offset) {
  private static final Pattern TEXT = Pattern.compile("(embargoed-)?(\\d{1,6})-(\\d{1,18})");

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static LetterId parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          text + " is no dead letter's id; sluice dead-letters list prints them, as 3-17");
    }
    return new LetterId(
        matcher.group(1) == null ? Realm.COMMON : Realm.EMBARGOED,
        Integer.parseInt(matcher.group(2)),
        Long.parseLong(matcher.group(3)));
  }

  @Override
  public String toString() {
    return (realm == Realm.EMBARGOED ? "embargoed-" : "") + partition + "-" + offset;
  }
}
