/** Prints events for a person who watches a terminal or a service's log. */
package dev.sluice.sinks.console;
