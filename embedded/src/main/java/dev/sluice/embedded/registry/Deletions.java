package dev.sluice.embedded.registry;

import dev.sluice.embedded.registry.SchemaStore.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deletes in two steps as Confluent does: softly, so that records can still be read, then for good.
 * An id is never given out twice, though: records that carry it may be anywhere.
 */
final class Deletions {
  private final SchemaStore store;
  private final Settings settings;

  Deletions(SchemaStore store, Settings settings) {
    this.store = store;
    this.settings = settings;
  }

  /**
   * @return the versions that were deleted
   * @throws Refusal 40401 if there is no such subject, 40404 if it is softly deleted already, 40405
   *     if it must be softly deleted first
   */
  List<Integer> deleteSubject(String subject, boolean permanent) {
    return store.write(
        state -> {
          settings.requireWritable(state, subject);
          List<Version> all = Subjects.require(state, subject, true);
          List<Version> live = Subjects.live(state, subject);
          if (permanent && !live.isEmpty()) {
            throw Refusal.of(
                40405,
                "Subject '" + subject + "' was not deleted first before being permanently deleted");
          }
          if (!permanent && live.isEmpty()) {
            throw Refusal.of(
                40404,
                "Subject '"
                    + subject
                    + "' was soft deleted. Set permanent=true to delete permanently");
          }
          List<Version> deleted = permanent ? all : live;
          List<Change> changes = new ArrayList<>();
          if (permanent) {
            changes.add(new Change.Given(state.highestId()));
          }
          deleted.forEach(version -> changes.add(change(version, permanent)));
          Optional<String> key = Optional.of(subject);
          state.level(key).ifPresent(l -> changes.add(new Change.Level(key, Optional.empty())));
          state.mode(key).ifPresent(m -> changes.add(new Change.SetMode(key, Optional.empty())));
          return new Decision<>(changes, deleted.stream().map(Version::version).toList());
        });
  }

  /**
   * @param number a version, or {@link Subjects#LATEST}
   * @return the version that was deleted
   * @throws Refusal 40401 and 40402 if there is none, 40406 if it is softly deleted already, 40407
   *     if it must be softly deleted first
   */
  int deleteVersion(String subject, int number, boolean permanent) {
    return store.write(
        state -> {
          settings.requireWritable(state, subject);
          List<Version> all = Subjects.require(state, subject, true);
          List<Version> live = Subjects.live(state, subject);
          Version version =
              Subjects.pick(number == Subjects.LATEST && !permanent ? live : all, number);
          String name = "Subject '" + subject + "' Version " + version.version();
          if (permanent && !version.deleted()) {
            throw Refusal.of(
                40407, name + " was not deleted first before being permanently deleted");
          }
          if (!permanent && version.deleted()) {
            throw Refusal.of(
                40406, name + " was soft deleted. Set permanent=true to delete permanently");
          }
          List<Change> changes = new ArrayList<>();
          if (permanent) {
            changes.add(new Change.Given(state.highestId()));
          }
          changes.add(change(version, permanent));
          return new Decision<>(changes, version.version());
        });
  }

  private static Change change(Version version, boolean permanent) {
    return permanent
        ? new Change.Drop(version.subject(), version.version())
        : new Change.Put(version.asDeleted());
  }
}
