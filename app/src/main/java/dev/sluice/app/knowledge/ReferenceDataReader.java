package dev.sluice.app.knowledge;

import dev.sluice.events.Policy;
import dev.sluice.events.SupportMatrix;
import dev.sluice.events.Suppression;
import dev.sluice.streams.knowledge.ReferenceData;
import dev.sluice.topics.Topics;
import java.util.Comparator;

/** Reads the reference data that holds. */
final class ReferenceDataReader {
  private ReferenceDataReader() {}

  static ReferenceData read(KnowledgeDesk desk) {
    return ReferenceData.of(
        desk.all(Topics.POLICIES, Comparator.comparing(Policy::getName)),
        desk.all(Topics.SUPPORT_MATRIX, Comparator.comparing(SupportMatrix::getProduct)),
        desk.all(Topics.SUPPRESSIONS, Comparator.comparing(Suppression::getId)));
  }
}
