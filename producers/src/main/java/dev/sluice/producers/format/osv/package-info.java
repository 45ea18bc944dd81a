/** OSV-Scanner. */
package dev.sluice.producers.format.osv;
