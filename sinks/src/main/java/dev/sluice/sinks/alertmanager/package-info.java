/** Keeps an alert firing in Alertmanager for each open item. */
package dev.sluice.sinks.alertmanager;
