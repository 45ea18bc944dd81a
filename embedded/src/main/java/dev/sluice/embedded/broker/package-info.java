/**
 * A real single-node Kafka in this JVM, in KRaft mode: for the demo, for one-machine use and for
 * tests. It listens on loopback only and speaks no TLS: it is not a cluster member.
 */
package dev.sluice.embedded.broker;
