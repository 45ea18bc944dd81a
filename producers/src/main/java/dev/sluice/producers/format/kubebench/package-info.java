/** kube-bench's JSON. */
package dev.sluice.producers.format.kubebench;
