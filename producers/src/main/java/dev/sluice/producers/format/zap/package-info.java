/** OWASP ZAP's JSON and XML. */
package dev.sluice.producers.format.zap;
