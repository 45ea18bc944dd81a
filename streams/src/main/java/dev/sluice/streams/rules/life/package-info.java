/** Lives of findings and items: revisions, episodes, and what happened between two states. */
package dev.sluice.streams.rules.life;
