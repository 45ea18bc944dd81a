/**
 * Topics, their keys, values and rules, declared together: the one place that says what flows
 * where.
 */
package dev.sluice.topics;
