package dev.sluice.streams.rules.suppression;

import dev.sluice.events.FindingKind;
import dev.sluice.events.Severity;
import dev.sluice.events.Suppression;
import dev.sluice.events.SuppressionKind;
import dev.sluice.events.VexStatus;
import dev.sluice.streams.rules.identity.Hashes;
import dev.sluice.streams.rules.identity.RuleNames;
import dev.sluice.streams.rules.identity.VulnerabilityIds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An entry of a file of ignored ids.
 *
 * @param line in the file, counted from 1
 * @param kind of findings that it means; UNKNOWN for any
 * @param id of a vulnerability, check or licence, in the spelling that findings have
 * @param paths globs that narrow it; none for everywhere
 * @param purls packages that narrow it; none for all
 * @param ends when it lapses by its own word, or null
 * @param reason for people; empty if none is stated
 */
public record Ignored(
    int line,
    FindingKind kind,
    String id,
    List<String> paths,
    List<String> purls,
    Instant ends,
    String reason) {
  private static final int LONGEST = 500;

  public Ignored {
    id =
        kind == FindingKind.UNKNOWN || kind == FindingKind.MISCONFIGURATION
            ? RuleNames.ofCheck(id)
            : id;
    id = VulnerabilityIds.normalise(id);
    paths = List.copyOf(paths);
    purls = List.copyOf(purls);
    String plain = reason.strip().replaceAll("\\s+", " ");
    reason = plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
  }

  /** What tells it from all others that are accepted for the asset. */
  public String key(String asset, String file) {
    List<String> parts = new ArrayList<>(List.of(asset, file, kind.name()));
    parts.addAll(paths.stream().sorted().toList());
    parts.add("/");
    parts.addAll(purls.stream().sorted().toList());
    return Suppressions.key(id, Hashes.id("ignored-", parts.toArray(String[]::new)));
  }

  /**
   * The accepted risk that it means.
   *
   * @param file as people find it
   * @param until when it lapses
   * @param otherwise reason where the entry states none
   * @param owner who answers for it
   * @param cap up to this severity; UNKNOWN for any
   */
  public Suppression accepted(
      String asset, String file, Instant until, String otherwise, String owner, Severity cap) {
    String why = reason.isEmpty() ? otherwise : reason;
    String source = file + ":" + line;
    return Suppression.newBuilder()
        .setId(key(asset, file))
        .setKind(SuppressionKind.ACCEPTED_RISK)
        .setVulnerability(id)
        .setProducts(List.of(asset))
        .setSubcomponents(purls)
        .setFindingKind(kind)
        .setPaths(paths)
        .setVexStatus(VexStatus.UNKNOWN)
        .setReason(why)
        .setOwner(owner)
        .setExpires(until)
        .setSeverityCap(cap)
        .setSource(source)
        .setVersion(
            Hashes.hex(
                String.join("\n", source, why, owner, String.valueOf(until), cap.name())
                    .getBytes(StandardCharsets.UTF_8)))
        .build();
  }
}
