/**
 * Which versions of a product get fixes: read from the table that people write in a {@code
 * SECURITY.md}, and looked up when deciding. In doubt the answer is unknown, never unsupported.
 */
package dev.sluice.streams.rules.support;
