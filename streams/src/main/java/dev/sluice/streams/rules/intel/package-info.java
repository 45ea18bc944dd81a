/**
 * What catalogues and databases say of vulnerabilities: known exploited ones, probabilities of
 * exploitation, aliases and ratings. One class a format, one line in {@link
 * dev.sluice.streams.rules.intel.IntelFormats}; nothing is fetched here.
 */
package dev.sluice.streams.rules.intel;
