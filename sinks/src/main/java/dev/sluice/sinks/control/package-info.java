/**
 * What an operator can do about sinks: see how they fare, pause and resume them, send events again,
 * and ask a receiver for an answer. Orders and states are in {@code sinks.v1}; everything else is
 * read from the topics that sinks use.
 */
package dev.sluice.sinks.control;
