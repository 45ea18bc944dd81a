/** What could not be processed: found, shown, sent again or put away. */
package dev.sluice.app.deadletter;
