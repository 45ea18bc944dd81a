/** The {@code sluice} command: every service, alone or together in one process. */
package dev.sluice.app;
