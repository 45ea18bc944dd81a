/** CycloneDX documents with vulnerabilities, as scanners and SBOM tools write them. */
package dev.sluice.producers.format.cyclonedx;
