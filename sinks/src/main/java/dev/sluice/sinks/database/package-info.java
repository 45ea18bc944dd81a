/**
 * The read model: what the topics say, as tables of PostgreSQL or of an embedded H2. A {@link
 * dev.sluice.sinks.database.Projector} follows the topics and writes; a {@link
 * dev.sluice.sinks.database.ReadModel} answers questions. It is no {@link dev.sluice.sinks.Sink}:
 * docs/adr/0011 says why.
 */
package dev.sluice.sinks.database;
