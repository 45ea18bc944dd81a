/** Keeps an issue per action item in one Jira project, Cloud or Data Center. */
package dev.sluice.sinks.jira;
