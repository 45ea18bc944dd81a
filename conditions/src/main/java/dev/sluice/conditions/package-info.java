/**
 * Conditions that people write: one expression of the Common Expression Language over a fixed list
 * of typed facts. Policies and routes to sinks are made of them.
 */
package dev.sluice.conditions;
