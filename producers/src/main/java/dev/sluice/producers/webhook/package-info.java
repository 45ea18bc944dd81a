/**
 * Other people's webhooks, without HTTP: whether a body is signed by somebody we know, and what it
 * says of branches and proposals. Alerts in them are reports like others; their readers are in
 * {@code format}.
 */
package dev.sluice.producers.webhook;
