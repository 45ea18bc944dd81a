package dev.sluice.embedded.registry;

import java.util.List;
import java.util.function.Consumer;

/** What must survive a restart, in order. */
interface SchemaLog extends AutoCloseable {
  /**
   * Hands over everything that was written before. Called once, before anything is appended.
   *
   * @throws IllegalStateException if the log cannot be read; the message says which and why
   */
  void replay(Consumer<Change> reader);

  /**
   * Writes all of the changes or none, and returns when they will survive.
   *
   * @throws Refusal 50001 if they were not written
   */
  void append(List<Change> changes);

  @Override
  void close();
}
