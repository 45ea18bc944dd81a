package dev.sluice.streams.rules.policy;

import java.time.Instant;

/**
 * By when a finding is to be dealt with.
 *
 * @param due null if the policy sets no deadline for it
 * @param reason which rule set the date, for people
 */
public record Deadline(Instant due, String reason) {}
