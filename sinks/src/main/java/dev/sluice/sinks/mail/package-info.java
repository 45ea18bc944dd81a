/** Sends alerts as e-mail through a mail server. */
package dev.sluice.sinks.mail;
