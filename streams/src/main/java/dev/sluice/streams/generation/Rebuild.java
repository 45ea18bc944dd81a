package dev.sluice.streams.generation;

import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.Topics.Realm;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A new generation by command: finds the one that lives, says what it would cost to carry it over,
 * and does so. What {@link GenerationGate} does at a start, ahead of it.
 */
public final class Rebuild implements AutoCloseable {
  private final Generations generations;
  private final KafkaSettings kafka;

  public Rebuild(KafkaSettings kafka) {
    this.kafka = kafka;
    this.generations = new Generations(kafka);
  }

  /**
   * The highest generation of a realm that has state that counts; empty if none has.
   *
   * @throws dev.sluice.topics.BrokerUnavailableException if the broker does not answer
   */
  public Optional<Generation> living(Realm realm) {
    Survey survey = new Survey(generations.broker(), new Generation(kafka.prefix(), realm, 1));
    List<Generation> lived = survey.all().stream().filter(survey::hasLived).toList();
    return lived.isEmpty() ? Optional.empty() : Optional.of(lived.get(lived.size() - 1));
  }

  /**
   * What carrying the living generation over would do; empty if there is none.
   *
   * @param to number of the new one; empty takes the next
   * @throws GenerationException if it cannot be done
   */
  public Optional<GenerationPlan> plan(Realm realm, OptionalInt to) {
    return living(realm)
        .map(from -> generations.plan(from, from.withNumber(to.orElse(from.number() + 1))));
  }

  /**
   * Does what a plan says.
   *
   * @throws GenerationException if an instance of the old generation runs, or a row cannot be
   *     upgraded; the new generation has no state that counts then
   */
  public CarriedOver apply(GenerationPlan plan) {
    return generations.apply(plan);
  }

  @Override
  public void close() {
    generations.close();
  }
}
