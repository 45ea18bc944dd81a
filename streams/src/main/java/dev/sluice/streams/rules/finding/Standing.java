package dev.sluice.streams.rules.finding;

/**
 * How far a claim holds.
 *
 * @param series series that makes it
 * @param statement whether its source speaks of single alerts and has no absence
 * @param asOf time at which the series last said so, milliseconds
 * @param build what it looked at then
 * @param ended why it holds nothing open any more though its series never took it back; null if it
 *     holds. One of {@link Resolution}'s words.
 */
public record Standing(long series, boolean statement, long asOf, Build build, String ended) {

  Standing end(String why) {
    return new Standing(series, statement, asOf, build, why);
  }
}
