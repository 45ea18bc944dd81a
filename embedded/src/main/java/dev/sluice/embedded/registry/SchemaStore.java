package dev.sluice.embedded.registry;

import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * Keeps state and log in step: one writer at a time decides on the state as it is, writes to the
 * log, and only then changes the state and answers. Readers do not wait for the log.
 */
final class SchemaStore {
  private final SchemaLog log;
  private final SchemaState state = new SchemaState();
  private final ReentrantLock writing = new ReentrantLock();
  private final ReadWriteLock access = new ReentrantReadWriteLock();

  /** What a writer decided: the changes, none if all is as asked already, and the answer. */
  record Decision<T>(List<Change> changes, T answer) {
    static <T> Decision<T> nothing(T answer) {
      return new Decision<>(List.of(), answer);
    }
  }

  SchemaStore(SchemaLog log) {
    this.log = log;
    log.replay(state::apply);
  }

  <T> T read(Function<SchemaState, T> question) {
    access.readLock().lock();
    try {
      return question.apply(state);
    } finally {
      access.readLock().unlock();
    }
  }

  <T> T write(Function<SchemaState, Decision<T>> decide) {
    writing.lock();
    try {
      Decision<T> decision = decide.apply(state);
      if (!decision.changes().isEmpty()) {
        log.append(decision.changes());
        access.writeLock().lock();
        try {
          decision.changes().forEach(state::apply);
        } finally {
          access.writeLock().unlock();
        }
      }
      return decision.answer();
    } finally {
      writing.unlock();
    }
  }
}
