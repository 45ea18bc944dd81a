package dev.sluice.embedded.registry;

/**
 * One version of a subject.
 *
 * @param schema canonical text
 * @param deleted softly deleted: hidden from lists, still there for those who have its id
 */
record Version(String subject, int version, int id, String schema, boolean deleted) {
  Version asDeleted() {
    return new Version(subject, version, id, schema, true);
  }
}
