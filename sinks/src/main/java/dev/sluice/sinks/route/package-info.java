/** Routes: which items and events a configured sink is sent, by a condition over them. */
package dev.sluice.sinks.route;
