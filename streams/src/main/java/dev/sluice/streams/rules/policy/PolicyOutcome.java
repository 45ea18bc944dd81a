package dev.sluice.streams.rules.policy;

/**
 * What a policy says about a finding.
 *
 * @param actionable whether somebody must act; false is withheld
 * @param rule name of the rule that matched first
 * @param reason short reason for machines, for example {@code no-fix}
 * @param explanation one sentence for people, with the facts that decided
 */
public record PolicyOutcome(boolean actionable, String rule, String reason, String explanation) {}
