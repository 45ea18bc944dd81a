/** Appends every event to a file, one JSON object a line, each line once. */
package dev.sluice.sinks.jsonlines;
