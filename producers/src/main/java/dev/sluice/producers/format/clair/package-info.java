/** Clair 4, and the reports that Quay, clair-scanner and Klar make of Clair. */
package dev.sluice.producers.format.clair;
