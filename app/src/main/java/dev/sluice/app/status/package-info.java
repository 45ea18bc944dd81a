/** One screen for an operator: does everything move, and what needs a person. */
package dev.sluice.app.status;
