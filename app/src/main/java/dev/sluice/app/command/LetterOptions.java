package dev.sluice.app.command;

import dev.sluice.app.deadletter.LetterFilter;
import dev.sluice.topics.Topics.Realm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Option;

/** Which dead letters are meant. */
final class LetterOptions {
  @Option(
      names = "--realm",
      paramLabel = "REALM",
      description = "common or embargoed; both if it is left out.")
  private Realm realm;

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      description = "Original topic, or the beginning of its name.")
  private String topic;

  @Option(
      names = "--step",
      paramLabel = "STEP",
      description = "Who could not use it: streams, streams:decode, sink:NAME, database.")
  private String step;

  @Option(names = "--sink", paramLabel = "NAME", description = "The sink that refused it.")
  private String sink;

  @Option(names = "--key", paramLabel = "TEXT", description = "Part of the record's key.")
  private String key;

  @Option(
      names = "--asset",
      paramLabel = "NAME",
      description = "The asset that the record is about, in full.")
  private String asset;

  @Option(names = "--error", paramLabel = "TEXT", description = "Part of the reason.")
  private String error;

  @Option(
      names = "--since",
      paramLabel = "AGE",
      description = "Not older than this, for example 24h or 7d.",
      converter = DurationOption.class)
  private Duration since;

  LetterFilter filter(boolean resolved) {
    return new LetterFilter(
        realm == null ? List.of(Realm.values()) : List.of(realm),
        topic,
        step,
        sink,
        key,
        asset,
        error,
        since == null ? null : Instant.now().minus(since),
        resolved);
  }
}
