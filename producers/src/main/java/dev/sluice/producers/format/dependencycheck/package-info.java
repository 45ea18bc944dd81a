/** OWASP Dependency-Check's JSON and XML. */
package dev.sluice.producers.format.dependencycheck;
