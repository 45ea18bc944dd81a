/**
 * Pull-reading of JSON by field: a reader asks for what it knows, everything else is skipped
 * without being held, and whatever is wrong is known by its JSON path.
 */
package dev.sluice.producers.format.json;
