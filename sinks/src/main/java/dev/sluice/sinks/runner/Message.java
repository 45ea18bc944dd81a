package dev.sluice.sinks.runner;

import dev.sluice.sinks.alert.Alert;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One alert to be delivered, and the events that it is about.
 *
 * @param lane the group that it is about
 * @param topic where its events are from
 * @param claims partitions that its events are from
 * @param done what to do when it has ended, well or in the dead letters
 */
record Message(
    String lane,
    String topic,
    Alert alert,
    List<Note> notes,
    Set<Claim> claims,
    Runnable done,
    int tries,
    int strikes,
    long mark)
    implements Errand<Message> {

  static Message of(String lane, String topic, Alert alert, List<Note> notes, Runnable done) {
    Set<Claim> claims = notes.stream().map(Note::claim).collect(Collectors.toSet());
    return new Message(lane, topic, alert, notes, claims, done, 0, 0, -1);
  }

  /** Its alert's items are bounded, and its events are held without their text. */
  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public Message failed(long successes) {
    boolean strike = mark >= 0 && successes > mark;
    int more = strike ? strikes + 1 : strikes;
    return new Message(lane, topic, alert, notes, claims, done, tries + 1, more, successes);
  }

  /** What was said once is not said otherwise: the receiver may have it. */
  @Override
  public Optional<Message> joined(Message newer) {
    return Optional.empty();
  }

  @Override
  public boolean isOf(Collection<Claim> given) {
    return given.stream().anyMatch(claims::contains);
  }

  @Override
  public boolean isDraining() {
    return claims.stream().anyMatch(Claim::isDraining);
  }

  @Override
  public boolean isEnded() {
    return claims.stream().anyMatch(Claim::isEnded);
  }

  @Override
  public void begin() {
    claims.forEach(Claim::begin);
  }

  @Override
  public void end() {
    claims.forEach(Claim::end);
  }

  @Override
  public void finish() {
    notes.forEach(Note::finishOne);
    done.run();
  }

  @Override
  public List<ConsumerRecord<byte[], byte[]>> records() {
    return notes.stream().flatMap(note -> note.records(topic).stream()).toList();
  }
}
