package dev.sluice.sinks.ticket;

import dev.sluice.sinks.text.Text;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The few requests that tickets need of a tracker. Each ends within the timeouts and is not
 * repeated. Used by several threads at once.
 */
public interface Tracker extends AutoCloseable {

  /** Whether nobody reads its tickets who is not let in. Asked before each embargoed ticket. */
  boolean isPrivate() throws Setback, InterruptedException;

  /**
   * Looks for a ticket by its mark, whether open or closed.
   *
   * @param since it was not created before
   */
  Optional<Ticket> find(String mark, Instant since) throws Setback, InterruptedException;

  /** How a ticket stands now; empty if there is none with this key any more. */
  Optional<Standing> read(String key) throws Setback, InterruptedException;

  /** Makes a ticket. */
  Ticket create(Draft draft) throws Setback, InterruptedException;

  /** Makes a ticket say what the draft says, open or closed. */
  void write(Standing standing, Draft draft) throws Setback, InterruptedException;

  /** Adds a comment. */
  void comment(String key, Text text) throws Setback, InterruptedException;

  /**
   * Lists tickets, those that changed last first: what changes meanwhile moves others to later
   * pages and none to earlier ones.
   *
   * @param since those that changed at or after it; {@link Instant#EPOCH} for all
   * @param labelled only those with this sink's label, where the tracker has labels
   * @param cursor empty for the first page, else what the page before named
   */
  Page list(Instant since, boolean labelled, Optional<String> cursor)
      throws Setback, InterruptedException;

  /** What was done to a ticket's state and assignee, the oldest first; at most the newest 1,000. */
  List<Act> acts(Standing standing) throws Setback, InterruptedException;

  /** Where it is, for messages: host and port. */
  String where();

  @Override
  void close();
}
