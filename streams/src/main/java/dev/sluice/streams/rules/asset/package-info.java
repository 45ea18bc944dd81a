/** What a team says of its assets, and who owns which part of them. */
package dev.sluice.streams.rules.asset;
