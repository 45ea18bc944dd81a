/**
 * Trivy's JSON: reports of images, file systems, repositories, configuration, clusters and SBOMs.
 */
package dev.sluice.producers.format.trivy;
