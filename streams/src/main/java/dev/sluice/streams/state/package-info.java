/**
 * What a partition remembers, in four ordered tables. {@code seen} answers "did this series say
 * this before" with one read; {@code staging} holds scans that are still arriving and is cached, so
 * that a short scan never reaches the changelog; {@code facts} holds atoms, claims, findings and
 * items by asset; {@code order} holds what is found by time, by vulnerability or in turn. No Kafka
 * in here: the topology hands in the tables.
 */
package dev.sluice.streams.state;
