/** The gate's answer in the forms that people and CI systems read. */
package dev.sluice.app.gate;
