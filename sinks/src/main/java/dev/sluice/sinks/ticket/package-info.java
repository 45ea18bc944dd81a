/**
 * What is the same for every tracker: when a ticket is created, looked for, changed, closed and
 * opened again, and what stands in it. A tracker adds its requests and its markup.
 */
package dev.sluice.sinks.ticket;
