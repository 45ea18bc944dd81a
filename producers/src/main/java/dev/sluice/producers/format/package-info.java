/**
 * Every report format, in one explicit list, and what their readers share: severity words, package
 * URLs, repository paths and the observation in the making.
 */
package dev.sluice.producers.format;
