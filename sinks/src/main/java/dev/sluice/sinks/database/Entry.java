package dev.sluice.sinks.database;

/**
 * One decoded record of a topic.
 *
 * @param key the record's key
 * @param value the value; null is a tombstone
 * @param partition partition it was read from; all records of a key are in one
 * @param offset its place there
 */
record Entry<V>(String key, V value, int partition, long offset) {}
