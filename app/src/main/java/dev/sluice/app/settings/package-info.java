/**
 * How settings get their values: the defaults in the records, then {@code sluice.yaml}, then the
 * environment, then flags, the later winning. The only room that reads the environment.
 */
package dev.sluice.app.settings;
