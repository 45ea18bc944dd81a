package dev.sluice.streams.generation;

import java.util.Map;

/**
 * What carrying state over did.
 *
 * @param done false if another process had done it already, and nothing was left to do
 * @param again whether half-copied topics of an interrupted attempt were thrown away first
 * @param copied rows copied, by store
 * @param dropped rows that an upgrade dropped, by store
 */
public record CarriedOver(
    boolean done, boolean again, Map<String, Long> copied, Map<String, Long> dropped) {
  public CarriedOver {
    copied = Map.copyOf(copied);
    dropped = Map.copyOf(dropped);
  }
}
