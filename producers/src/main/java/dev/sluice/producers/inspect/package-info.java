/** Reads a report without any server and says what it holds. */
package dev.sluice.producers.inspect;
