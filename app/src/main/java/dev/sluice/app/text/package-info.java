/** Results as text for people and as JSON for machines. */
package dev.sluice.app.text;
