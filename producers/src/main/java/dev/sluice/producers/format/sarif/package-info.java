/**
 * SARIF 2.1.0 (OASIS) of any tool: code scanners, and the container, secret and configuration
 * scanners that put their findings into it.
 */
package dev.sluice.producers.format.sarif;
