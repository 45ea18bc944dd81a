/** Sends alerts to a Slack channel through an incoming webhook. */
package dev.sluice.sinks.slack;
