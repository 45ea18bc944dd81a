/** Snyk's own JSON: open source, container and infrastructure as code. Snyk Code writes SARIF. */
package dev.sluice.producers.format.snyk;
