/** gitleaks' JSON. */
package dev.sluice.producers.format.gitleaks;
