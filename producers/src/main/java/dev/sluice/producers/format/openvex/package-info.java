/** OpenVEX, as scanners write it about what they scanned. */
package dev.sluice.producers.format.openvex;
