/**
 * Pieces of work: which findings one of them holds and what it asks for. Distribution packages go
 * by source package, because that is what is upgraded.
 */
package dev.sluice.streams.rules.item;
