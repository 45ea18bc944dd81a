/** GitLab's security reports. */
package dev.sluice.producers.format.gitlab;
