package dev.sluice.app.service;

import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.producers.gateway.Lookup;
import dev.sluice.sinks.database.Database;
import dev.sluice.sinks.database.DatabaseException;
import dev.sluice.sinks.database.ReadModel;
import dev.sluice.topics.Topics.Realm;
import java.util.Optional;

/** A database that another process keeps up to date, opened for answers alone when first asked. */
public final class DatabaseReading implements Service {
  private final SluiceSettings settings;
  private Database database;
  private boolean closed;

  public DatabaseReading(SluiceSettings settings) {
    this.settings = settings;
  }

  /** Answers from the common tables. */
  public Lookup lookup() {
    return new ReadModelLookup(this::model);
  }

  private synchronized ReadModel model() {
    if (closed) {
      throw new Lookup.AwayException("this process is stopping");
    }
    if (database == null) {
      try {
        database = Database.openForReading(settings.database(), Realm.COMMON);
      } catch (DatabaseException e) {
        throw new Lookup.AwayException(e.getMessage());
      }
    }
    return new ReadModel(database);
  }

  @Override
  public String name() {
    return "database";
  }

  /** The gateway takes reports whether or not the database answers. */
  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public Optional<String> failure() {
    return Optional.empty();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (database != null) {
      database.close();
    }
  }
}
