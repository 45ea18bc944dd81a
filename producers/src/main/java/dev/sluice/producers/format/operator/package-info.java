/** Reports that Trivy Operator keeps as resources of a cluster. */
package dev.sluice.producers.format.operator;
