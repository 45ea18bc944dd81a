/** The audits of npm, pnpm and Yarn 1. */
package dev.sluice.producers.format.npm;
