/** What a finding says, from everything that is claimed of it. Plain functions over records. */
package dev.sluice.streams.rules.finding;
