/**
 * Reasons to withhold findings that are not the policy's: what a VEX document says of a product,
 * risk that somebody accepted, and claims that are false. One class a VEX format, one line in
 * {@link dev.sluice.streams.rules.suppression.VexFormats}. Files of ids that a scanner ignores are
 * read by {@link dev.sluice.streams.rules.suppression.IgnoreFile}. In doubt a statement does not
 * apply.
 */
package dev.sluice.streams.rules.suppression;
