/** One verdict for all scans of a version: what a pipeline asks before it lets a build pass. */
package dev.sluice.producers.gate;
