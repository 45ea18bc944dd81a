/** Sends alerts to a channel or chat of Microsoft Teams through a workflow's URL. */
package dev.sluice.sinks.teams;
