/** Keeps an issue per action item in one GitLab project. */
package dev.sluice.sinks.gitlab;
