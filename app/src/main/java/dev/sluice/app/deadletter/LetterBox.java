package dev.sluice.app.deadletter;

import dev.sluice.app.topic.TopicReader;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads dead letters. Joins no group and remembers nothing. */
public final class LetterBox {
  private final KafkaSettings kafka;
  private final RecordText records;

  public LetterBox(KafkaSettings kafka, AvroSerdes serdes) {
    this.kafka = kafka;
    this.records = new RecordText(serdes, kafka.prefix());
  }

  /**
   * Those that are meant, the oldest first. Contents are not kept in memory.
   *
   * @throws org.apache.kafka.common.KafkaException if Kafka cannot be read
   */
  public List<Letter> find(LetterFilter filter) {
    List<Letter> found = new ArrayList<>();
    for (Realm realm : filter.realms()) {
      find(realm, filter, found);
    }
    found.sort(
        Comparator.comparing(Letter::at)
            .thenComparing(letter -> letter.id().realm())
            .thenComparing(letter -> letter.id().partition())
            .thenComparing(letter -> letter.id().offset()));
    return found;
  }

  private void find(Realm realm, LetterFilter filter, List<Letter> found) {
    Map<LetterId, Letter> letters = new HashMap<>();
    Map<LetterId, Resolution> resolutions = new HashMap<>();
    Set<LetterId> wanted = new HashSet<>();
    try (TopicReader reader = new TopicReader(kafka)) {
      String topic = topic(realm);
      if (!reader.exists(topic)) {
        return;
      }
      reader.readAll(
          topic,
          record -> {
            Optional<Resolution> resolution = Resolution.of(record.headers());
            if (resolution.isPresent()) {
              resolutions.put(resolution.get().letter(), resolution.get());
              return;
            }
            Letter letter = letter(realm, record);
            if (filter.matches(letter, kafka.prefix())
                && (filter.asset() == null || isAbout(filter.asset(), letter, record.value()))) {
              letters.put(letter.id(), letter);
              wanted.add(letter.id());
            }
          });
    }
    for (Letter letter : letters.values()) {
      Resolution how = resolutions.get(letter.id());
      if (how == null) {
        found.add(letter);
      } else if (filter.resolved()) {
        found.add(letter.resolved(how));
      }
    }
  }

  private boolean isAbout(String asset, Letter letter, byte[] value) {
    return letter.key().equals(asset)
        || records
            .decode(letter.topic(), value)
            .flatMap(RecordText::asset)
            .filter(asset::equals)
            .isPresent();
  }

  private static Letter letter(Realm realm, ConsumerRecord<byte[], byte[]> record) {
    return Letter.of(
        new LetterId(realm, record.partition(), record.offset()),
        record.key(),
        record.value(),
        record.headers(),
        record.timestamp());
  }

  /**
   * One letter with what was done about it; empty if there is none with that id.
   *
   * @throws org.apache.kafka.common.KafkaException if Kafka cannot be read
   */
  public Optional<OpenLetter> open(LetterId id) {
    try (TopicReader reader = new TopicReader(kafka)) {
      String topic = topic(id.realm());
      if (!reader.exists(topic)) {
        return Optional.empty();
      }
      TopicPartition partition = new TopicPartition(topic, id.partition());
      List<ConsumerRecord<byte[], byte[]>> at = new ArrayList<>();
      List<Resolution> resolutions = new ArrayList<>();
      reader.read(
          partition,
          id.offset(),
          record -> {
            if (record.offset() == id.offset()) {
              at.add(record);
            } else {
              Resolution.of(record.headers())
                  .filter(resolution -> resolution.letter().equals(id))
                  .ifPresent(resolutions::add);
            }
          });
      if (at.isEmpty() || Resolution.of(at.get(0).headers()).isPresent()) {
        return Optional.empty();
      }
      Letter letter = letter(id.realm(), at.get(0));
      for (Resolution each : resolutions) {
        letter = letter.resolved(each);
      }
      Optional<SpecificRecord> decoded = records.decode(letter.topic(), at.get(0).value());
      return Optional.of(new OpenLetter(letter, at.get(0), decoded));
    }
  }

  private String topic(Realm realm) {
    return Topics.deadLetters(kafka.prefix(), realm);
  }
}
