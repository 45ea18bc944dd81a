package dev.sluice.streams.rules.identity;

import dev.sluice.events.Observation;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a claim says of the names of its vulnerability.
 *
 * @param aliases ids that mean the same
 * @param covered CVEs that an advisory without a CVE of its own is about, one or many. It is
 *     evidence for each of them and the same as none: {@code DSA-4963-1} is about two CVEs, and
 *     they stay two.
 */
public record Statement(List<String> aliases, List<String> covered) {
  public Statement {
    aliases = List.copyOf(aliases);
    covered = List.copyOf(covered);
  }

  /** Ids in one spelling, sorted, so that equal statements are equal however they were written. */
  public static Statement of(Observation observation) {
    List<String> aliases = spell(observation.getAliases()).toList();
    boolean ownCve =
        VulnerabilityIds.isCve(VulnerabilityIds.normalise(observation.getNativeId()))
            || aliases.stream().anyMatch(VulnerabilityIds::isCve);
    return new Statement(
        aliases,
        ownCve
            ? List.of()
            : spell(observation.getUpstream()).filter(VulnerabilityIds::isCve).toList());
  }

  public boolean isEmpty() {
    return aliases.isEmpty() && covered.isEmpty();
  }

  /** Every id that is mentioned. */
  public Stream<String> ids() {
    return Stream.concat(aliases.stream(), covered.stream());
  }

  private static Stream<String> spell(List<String> ids) {
    return ids.stream()
        .map(VulnerabilityIds::normalise)
        .filter(id -> !id.isEmpty())
        .distinct()
        .sorted();
  }
}
