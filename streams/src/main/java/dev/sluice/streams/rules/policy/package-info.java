/**
 * Policies: YAML with CEL conditions over a typed view of a finding. First match wins; the result
 * says by which rule, why, and by when. The language is documented in docs/policy.md.
 */
package dev.sluice.streams.rules.policy;
