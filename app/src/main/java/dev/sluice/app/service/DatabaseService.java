package dev.sluice.app.service;

import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.producers.gateway.Lookup;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.sinks.database.DatabaseSettings;
import dev.sluice.sinks.database.Projector;
import dev.sluice.topics.Topics.Realm;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The read model, kept up to date in this process. Opening the database takes its time beside
 * everything else: nothing waits for it.
 */
public final class DatabaseService implements Service {
  private final List<Projector> projectors;

  private DatabaseService(List<Projector> projectors) {
    this.projectors = List.copyOf(projectors);
  }

  /**
   * Begins to follow the topics, which must exist. Embargoed ones only where the database is
   * cleared for them.
   *
   * @param realms whose topics exist
   */
  public static DatabaseService start(
      SluiceSettings settings, AvroSerdes serdes, Collection<Realm> realms, MeterRegistry metrics) {
    List<Projector> projectors = new ArrayList<>();
    DatabaseSettings database = settings.database();
    for (Realm realm : realms) {
      if (realm == Realm.COMMON || database.cleared()) {
        projectors.add(
            Projector.start(settings.kafka(), serdes, database, realm, metrics, Clock.systemUTC()));
      }
    }
    return new DatabaseService(projectors);
  }

  /** Answers from the common tables; the embargoed ones are never asked. */
  public Lookup lookup() {
    Projector common = projectors.get(0);
    return new ReadModelLookup(
        () ->
            common
                .model()
                .orElseThrow(
                    () -> new Lookup.AwayException(common.trouble().orElse("it is being opened"))));
  }

  @Override
  public String name() {
    return "database";
  }

  /** Answers may be old while it is not: it is behind the topics, or cannot follow them. */
  @Override
  public boolean isReady() {
    return projectors.stream().allMatch(projector -> projector.trouble().isEmpty());
  }

  /** Whether everything that was written when it last looked has been applied. */
  public boolean isCaughtUp() {
    return projectors.stream().allMatch(Projector::isCaughtUp);
  }

  @Override
  public Optional<String> failure() {
    return Optional.empty();
  }

  @Override
  public void close() {
    projectors.forEach(Projector::close);
  }
}
