/**
 * What people do to tickets, and whether tickets still say what their items are. {@link
 * dev.sluice.sinks.feedback.Rounds} looks; {@link dev.sluice.sinks.feedback.Rule} decides without a
 * request to anybody.
 */
package dev.sluice.sinks.feedback;
