/** staticcheck's JSON lines. */
package dev.sluice.producers.format.staticcheck;
