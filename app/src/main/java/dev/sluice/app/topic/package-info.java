/** Reads what Sluice has written: tables from compacted topics, and verdicts as they come. */
package dev.sluice.app.topic;
