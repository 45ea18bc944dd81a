/**
 * Feeds of exploited vulnerabilities, probabilities and advisories: from files, and by the clock
 * from the network. This is the only place that fetches reference data; the topology never does.
 */
package dev.sluice.app.feed;
