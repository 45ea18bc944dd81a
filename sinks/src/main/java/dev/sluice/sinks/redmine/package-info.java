/** Keeps an issue per action item in one Redmine project. */
package dev.sluice.sinks.redmine;
