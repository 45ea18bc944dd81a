package dev.sluice.registry;

import org.apache.avro.Schema;

/**
 * One version of a subject.
 *
 * @param version counts from 1 within the subject
 * @param id counts over the whole registry; it is what is written in front of each record
 */
public record RegisteredSchema(String subject, int version, int id, Schema schema) {}
