/** One severity out of everything that sources say, by a stated order of trust (docs/policy.md). */
package dev.sluice.streams.rules.severity;
