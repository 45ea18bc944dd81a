package dev.sluice.app.knowledge;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.ExitCode;
import dev.sluice.events.AssetProfile;
import dev.sluice.events.ChangeState;
import dev.sluice.events.KnowledgeChange;
import dev.sluice.events.WithheldItem;
import dev.sluice.streams.engine.Rehearsal;
import dev.sluice.streams.knowledge.ChangeEffect;
import dev.sluice.streams.knowledge.ProposedChange;
import dev.sluice.streams.knowledge.ReferenceData;
import dev.sluice.streams.rules.identity.Hashes;
import dev.sluice.topics.Topics;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Four eyes: a change of policy, matrix or suppressions that would withhold more than ten open
 * items waits until a second person confirms it. What it would withhold is found by deciding every
 * open finding as it would be decided then.
 */
public final class Guard {
  /** Open items that one person may withhold by one change. */
  public static final int MOST_BY_ONE = 10;

  private static final int MOST_SHOWN = 200;

  private final KnowledgeDesk desk;
  private final HeldChanges changes;
  private final Clock clock;

  public Guard(KnowledgeDesk desk, Clock clock) {
    this.desk = desk;
    this.changes = new HeldChanges(desk);
    this.clock = clock;
  }

  /** What became of a change that was offered. */
  public sealed interface Outcome {}

  /**
   * It holds from now on.
   *
   * @param withheld open items that it withholds, at most {@link #MOST_BY_ONE}
   */
  public record Made(int withheld) implements Outcome {}

  /** It says what holds already. */
  public record Same() implements Outcome {}

  /** It waits; what held before holds. */
  public record Held(KnowledgeChange change) implements Outcome {}

  /** The same was rejected before, and nobody asks for it anew. */
  public record Refused(KnowledgeChange change) implements Outcome {}

  /**
   * Makes a change that a person wants, or holds it. It takes the place of one that was held before
   * under the same name.
   *
   * @throws CommandFailure if Kafka or the registry cannot be reached
   */
  public Outcome offer(ProposedChange change, Person by) {
    List<KnowledgeChange> before = changes.like(change);
    Optional<KnowledgeChange> waiting =
        before.stream()
            .filter(each -> HeldChanges.isHeld(each) && isSame(each, change))
            .findFirst();
    ReferenceData now = ReferenceDataReader.read(desk);
    if (now.holds(change)) {
      // Written all the same, so that whoever missed it is told again.
      make(change, by, before);
      return new Same();
    }
    return waiting.isPresent() ? new Held(waiting.get()) : weigh(change, by, before, now);
  }

  /**
   * Makes a change that the settings ask for at every start, or holds it. What holds already is
   * left alone, and so is what was rejected: until the settings ask for something else.
   *
   * @throws CommandFailure if Kafka or the registry cannot be reached
   */
  public Outcome offerAtStart(ProposedChange change, Person by) {
    List<KnowledgeChange> before = changes.like(change);
    ReferenceData now = ReferenceDataReader.read(desk);
    if (now.holds(change)) {
      return new Same();
    }
    Optional<KnowledgeChange> same =
        before.stream().filter(each -> isSame(each, change)).reduce((a, b) -> b);
    if (same.isPresent() && HeldChanges.isHeld(same.get())) {
      return new Held(same.get());
    }
    if (same.isPresent() && same.get().getState() == ChangeState.REJECTED) {
      return new Refused(same.get());
    }
    return weigh(change, by, before, now);
  }

  private Outcome weigh(
      ProposedChange change, Person by, List<KnowledgeChange> before, ReferenceData now) {
    ChangeEffect effect = effect(change, now);
    List<WithheldItem> withheld = effect.withheld();
    if (withheld.size() <= MOST_BY_ONE) {
      make(change, by, before);
      return new Made(withheld.size());
    }
    KnowledgeChange held = held(change, by);
    count(held, effect);
    desk.write(
        publisher ->
            publisher.together(
                () -> {
                  publisher.hold(held, change);
                  before.stream()
                      .filter(HeldChanges::isHeld)
                      .forEach(each -> publisher.decide(replaced(each, by, held.getId())));
                }));
    return new Held(held);
  }

  private void make(ProposedChange change, Person by, List<KnowledgeChange> before) {
    desk.write(
        publisher ->
            publisher.together(
                () -> {
                  publisher.apply(change, by.name());
                  before.stream()
                      .filter(HeldChanges::isHeld)
                      .forEach(each -> publisher.decide(replaced(each, by, null)));
                }));
  }

  private KnowledgeChange held(ProposedChange change, Person by) {
    String digest = change.digest();
    String at = clock.instant().toString();
    return KnowledgeChange.newBuilder()
        .setId(Hashes.id("c-", change.kind().name(), change.name(), digest, at))
        .setKind(change.kind())
        .setName(change.name())
        .setState(ChangeState.HELD)
        .setDigest(digest)
        .setProposedBy(by.name())
        .setProposedAccount(by.account())
        .setProposedReason(by.reason())
        .setProposedAt(clock.instant())
        .build();
  }

  private static void count(KnowledgeChange held, ChangeEffect effect) {
    List<WithheldItem> withheld = effect.withheld();
    held.setOpenItems(effect.open());
    held.setWithheldItems(withheld.size());
    held.setSample(withheld.stream().limit(MOST_SHOWN).toList());
  }

  private KnowledgeChange replaced(KnowledgeChange change, Person by, String successor) {
    String how = successor == null ? "a later one that needs no second person" : "a later one";
    KnowledgeChange decided =
        decided(change, ChangeState.REPLACED, new Person(by.name(), by.account(), how));
    decided.setSuccessor(successor);
    return decided;
  }

  private KnowledgeChange decided(KnowledgeChange change, ChangeState state, Person by) {
    KnowledgeChange decided = KnowledgeChange.newBuilder(change).build();
    decided.setState(state);
    decided.setDecidedBy(by.name());
    decided.setDecidedAccount(by.account());
    decided.setDecidedReason(by.reason());
    decided.setDecidedAt(clock.instant());
    return decided;
  }

  /**
   * Makes a held change, exactly as it was shown.
   *
   * @return the change as it was decided
   * @throws CommandFailure if there is none, it was decided already, the same person proposed it,
   *     or it would withhold more by now than was shown
   */
  public KnowledgeChange confirm(String id, Person by) {
    KnowledgeChange change = changes.waiting(id);
    if (by.is(change.getProposedBy())) {
      throw new CommandFailure(
          ExitCode.USAGE,
          change.getProposedBy()
              + " proposed "
              + id
              + ": another person has to confirm it; nothing was changed");
    }
    ProposedChange content = changes.content(change);
    ChangeEffect effect = effect(content, ReferenceDataReader.read(desk));
    int shown = change.getWithheldItems();
    if (effect.withheld().size() > Math.max(shown, MOST_BY_ONE)) {
      count(change, effect);
      desk.write(publisher -> publisher.update(change));
      throw new CommandFailure(
          ExitCode.POLICY,
          id
              + " would withhold "
              + change.getWithheldItems()
              + " open items by now, and "
              + shown
              + " when it was looked at: look at it again (sluice changes show "
              + id
              + "), and confirm it again; nothing was changed");
    }
    KnowledgeChange decided = decided(change, ChangeState.CONFIRMED, by);
    count(decided, effect);
    desk.write(
        publisher ->
            publisher.together(
                () -> {
                  publisher.apply(content, change.getProposedBy() + ", confirmed by " + by.name());
                  publisher.decide(decided);
                }));
    return decided;
  }

  /**
   * Gives a held change up.
   *
   * @throws CommandFailure if there is none, or it was decided already
   */
  public KnowledgeChange reject(String id, Person by) {
    KnowledgeChange decided = decided(changes.waiting(id), ChangeState.REJECTED, by);
    desk.write(publisher -> publisher.decide(decided));
    return decided;
  }

  private ChangeEffect effect(ProposedChange change, ReferenceData now) {
    Map<String, AssetProfile> profiles = new HashMap<>();
    desk.all(Topics.ASSETS, Comparator.comparing(AssetProfile::getAsset))
        .forEach(each -> profiles.put(each.getAsset(), each));
    ChangeEffect effect =
        new ChangeEffect(new Rehearsal(now, now.with(change), profiles::get, clock.instant()));
    desk.read(Topics.FINDINGS, effect::take);
    return effect;
  }

  private static boolean isSame(KnowledgeChange change, ProposedChange other) {
    return change.getDigest().equals(other.digest());
  }
}
