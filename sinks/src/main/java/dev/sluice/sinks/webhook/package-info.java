/** Posts every event as a signed CloudEvent to one URL. */
package dev.sluice.sinks.webhook;
