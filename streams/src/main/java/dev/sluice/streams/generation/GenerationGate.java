package dev.sluice.streams.generation;

import dev.sluice.settings.KafkaSettings;
import dev.sluice.streams.generation.GenerationException.CarriedElsewhere;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a generation start, or says why not. A higher number with empty state would report
 * everything again; a lower one would go on from what was true when it stopped; two at once would
 * report everything twice.
 */
public final class GenerationGate {
  private static final Logger log = LoggerFactory.getLogger(GenerationGate.class);

  /** How long another process may take that carries the state over at the same time. */
  private static final Duration ELSEWHERE = Duration.ofMinutes(10);

  private final KafkaSettings kafka;
  private final Generation generation;
  private final boolean carryOver;
  private final Fingerprint fingerprint;

  /**
   * @param generation the one that is to start
   * @param carryOver whether it may take over what the one before knew, if it must
   * @param fingerprint what the state of this release hangs on
   */
  public GenerationGate(
      KafkaSettings kafka, Generation generation, boolean carryOver, Fingerprint fingerprint) {
    this.kafka = kafka;
    this.generation = generation;
    this.carryOver = carryOver;
    this.fingerprint = fingerprint;
  }

  /**
   * Returns when the generation may start, having carried state over if that was needed.
   *
   * @return whether state was carried over now, so that local state of that name is worthless
   * @throws GenerationException if it may not start
   * @throws dev.sluice.topics.BrokerUnavailableException if the broker does not answer
   */
  public boolean enter() {
    try (Generations generations = new Generations(kafka)) {
      boolean carried = enter(generations);
      refuseOtherShape(generations);
      return carried;
    }
  }

  /** An upgrade rolls where the state stays what it is; elsewhere it is a new generation. */
  private void refuseOtherShape(Generations generations) {
    Fingerprint lived =
        new FingerprintLog(kafka, generations.broker()).settle(generation, fingerprint);
    if (!lived.equals(fingerprint)) {
      throw new GenerationException(
          "the state of "
              + generation
              + " is not the one that this release keeps, and would be misread: it was begun with ["
              + lived.text()
              + "], and this release has ["
              + fingerprint.text()
              + "]. Go on with the release that began it; or stop every instance, set"
              + " streams.generation to "
              + (generation.number() + 1)
              + " and carry the state over (sluice rebuild --plan says what that costs, sluice"
              + " rebuild --apply does it)");
    }
  }

  boolean enter(Generations generations) {
    Survey survey = new Survey(generations.broker(), generation);
    List<Generation> others =
        survey.all().stream().filter(each -> !each.equals(generation)).toList();
    for (Generation each : others) {
      if (each.number() > generation.number() && survey.hasLived(each)) {
        throw new GenerationException(
            each
                + " has taken over, and "
                + generation
                + " knows nothing of what happened since; set streams.generation to "
                + each.number());
      }
    }
    if (survey.hasOffsets(generation) && survey.isMarked(generation)) {
      generations.unmark(generation);
    } else if (!survey.hasLived(generation)) {
      List<Generation> lived =
          others.stream()
              .filter(each -> each.number() < generation.number() && survey.hasLived(each))
              .toList();
      if (!lived.isEmpty()) {
        return carryOver(generations, lived.get(lived.size() - 1));
      }
      if (survey.isMarked(generation)) {
        throw new GenerationException(
            "carrying state over to "
                + generation
                + " was interrupted, and the generation that it came from is gone; set"
                + " streams.generation to a number that has never been used");
      }
    }
    for (Generation other : others) {
      refuseWhileRunning(generations, other);
    }
    return false;
  }

  private void refuseWhileRunning(Generations generations, Generation other) {
    if (!generations.awaitNobody(other)) {
      throw new GenerationException(
          other
              + " still runs, and two generations at once would report everything twice; stop every"
              + " instance of "
              + other
              + " and start again");
    }
  }

  private boolean carryOver(Generations generations, Generation from) {
    if (!carryOver) {
      throw new GenerationException(
          generation
              + " has no state and "
              + from
              + " has: starting empty would report everything again. Stop every instance of "
              + from
              + " and start one with streams.carry-over=true (--set streams.carry-over=true, or"
              + " SLUICE_STREAMS_CARRY_OVER=true), or set streams.generation to "
              + from.number());
    }
    GenerationPlan plan = generations.plan(from, generation);
    log.atInfo().addKeyValue("plan", plan.describe()).log("carrying state over");
    try {
      generations.apply(plan);
    } catch (CarriedElsewhere e) {
      log.atInfo()
          .addKeyValue("generation", generation)
          .log("another process carries the state over; waiting for it");
      if (!generations.awaitOffsets(generation, ELSEWHERE)) {
        throw e;
      }
    }
    return true;
  }
}
