/**
 * What every sink over HTTP needs: a client that reaches only where it may, checks names when it
 * connects, ends in time, reads little, and one table of what an answer means for a delivery.
 */
package dev.sluice.sinks.http;
