/** Runs the topology: settings, start, stop, health. */
package dev.sluice.streams;
