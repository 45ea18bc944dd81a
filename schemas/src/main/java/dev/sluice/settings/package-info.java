/**
 * How settings are declared: records whose components carry a default and a sentence of
 * documentation. The {@code app} module fills them from sluice.yaml, the environment and flags, and
 * writes the settings table from them.
 */
package dev.sluice.settings;
