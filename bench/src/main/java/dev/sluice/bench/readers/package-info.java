/** Report readers against a bare token stream. */
package dev.sluice.bench.readers;
