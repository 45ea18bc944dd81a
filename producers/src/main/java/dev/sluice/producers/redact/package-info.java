/**
 * What keeps secrets inside the reader: texts lose everything that looks like a credential, and
 * what must be recognised again is kept as a keyed hash only.
 */
package dev.sluice.producers.redact;
