/** govulncheck's JSON: a stream of messages, the same as an array, and the object of before 1.0. */
package dev.sluice.producers.format.govulncheck;
