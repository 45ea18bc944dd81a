/** Keeps an issue per action item in one GitHub repository. */
package dev.sluice.sinks.github;
