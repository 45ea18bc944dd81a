/** Whether a complete scan can be believed before anything is resolved because of it. */
package dev.sluice.streams.rules.scan;
