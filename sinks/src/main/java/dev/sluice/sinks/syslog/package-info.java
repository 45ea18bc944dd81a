/** Sends every event as a syslog message (RFC 5424) over TLS, TCP or UDP. */
package dev.sluice.sinks.syslog;
