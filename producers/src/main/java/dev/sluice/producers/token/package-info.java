/** Bearer tokens of the gateway: what they allow, and the file in which they are kept by hash. */
package dev.sluice.producers.token;
