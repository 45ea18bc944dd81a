package dev.sluice.app.knowledge;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.ExitCode;
import dev.sluice.events.ChangeState;
import dev.sluice.events.KnowledgeChange;
import dev.sluice.streams.knowledge.ProposedChange;
import dev.sluice.topics.Topics;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Changes of reference data that wait for a second person, and those that did. */
public final class HeldChanges {
  private static final Comparator<KnowledgeChange> OLDEST_FIRST =
      Comparator.comparing(KnowledgeChange::getProposedAt).thenComparing(KnowledgeChange::getId);

  private final KnowledgeDesk desk;

  public HeldChanges(KnowledgeDesk desk) {
    this.desk = desk;
  }

  /** Whether a change still waits. */
  public static boolean isHeld(KnowledgeChange change) {
    return change.getState() == ChangeState.HELD;
  }

  /** All of them, the oldest first. */
  public List<KnowledgeChange> all() {
    return desk.some(Topics.CHANGES, each -> each.getPart() == 0, OLDEST_FIRST);
  }

  /** Those that are of the kind and name of another, the oldest first. */
  List<KnowledgeChange> like(ProposedChange change) {
    return all().stream()
        .filter(each -> each.getKind() == change.kind() && each.getName().equals(change.name()))
        .toList();
  }

  /**
   * A change by its id.
   *
   * @throws CommandFailure if there is none
   */
  public KnowledgeChange find(String id) {
    return all().stream()
        .filter(each -> each.getId().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.USAGE,
                    "there is no change " + id + "; sluice changes list --all shows them"));
  }

  /**
   * A change that waits, by its id.
   *
   * @throws CommandFailure if there is none, or it was decided
   */
  KnowledgeChange waiting(String id) {
    KnowledgeChange change = find(id);
    if (!isHeld(change)) {
      throw new CommandFailure(
          ExitCode.USAGE,
          id
              + " was "
              + change.getState().name().toLowerCase(Locale.ROOT)
              + " by "
              + change.getDecidedBy()
              + " at "
              + change.getDecidedAt()
              + (change.getSuccessor() == null ? "" : "; see " + change.getSuccessor()));
    }
    return change;
  }

  /**
   * What a change that waits says.
   *
   * @throws CommandFailure if that is not what was proposed
   */
  public ProposedChange content(KnowledgeChange change) {
    List<KnowledgeChange> parts =
        desk.some(
            Topics.CHANGES,
            each -> each.getPart() > 0 && each.getId().equals(change.getId()),
            Comparator.comparingInt(KnowledgeChange::getPart));
    try {
      return ProposedChange.of(change, parts);
    } catch (IllegalStateException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, e.getMessage(), e);
    }
  }
}
