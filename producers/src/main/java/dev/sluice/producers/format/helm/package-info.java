/** What Helm says of the releases in a cluster. */
package dev.sluice.producers.format.helm;
