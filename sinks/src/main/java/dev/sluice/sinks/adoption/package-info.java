/** Finds which tickets that people wrote are about which open items, so that none is doubled. */
package dev.sluice.sinks.adoption;
