package dev.sluice.registry;

import java.util.List;

/**
 * Answer to whether a schema may follow.
 *
 * @param messages what stands against it, for people; empty when it is compatible
 */
public record CompatibilityCheck(boolean compatible, List<String> messages) {
  public CompatibilityCheck {
    messages = List.copyOf(messages);
  }
}
