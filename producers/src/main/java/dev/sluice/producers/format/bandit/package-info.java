/** Bandit's JSON. */
package dev.sluice.producers.format.bandit;
