package dev.sluice.producers.gateway;

import java.util.Optional;

/** Whether the gateway can do its work. */
@FunctionalInterface
interface Readiness {
  /** What is missing, in one sentence for an operator; empty if nothing is. */
  Optional<String> missing();
}
