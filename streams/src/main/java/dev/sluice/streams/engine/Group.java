package dev.sluice.streams.engine;

import dev.sluice.events.FindingKind;
import dev.sluice.streams.rules.identity.AliasGroups;
import dev.sluice.streams.rules.identity.Hashes;
import dev.sluice.streams.state.Facts.KeyedAtom;
import dev.sluice.streams.state.row.AtomRow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Atoms that are the same problem.
 *
 * @param id id of their finding
 * @param canonical id of the vulnerability, or of the one atom there is
 * @param names every id of the vulnerability; empty for what has no aliases
 */
record Group(String id, String canonical, Set<String> names, List<KeyedAtom> atoms) {
  private static final String PREFIX = "f-";

  /** The groups of all atoms about one subject. */
  static List<Group> of(String asset, List<KeyedAtom> atoms) {
    boolean aliased =
        !atoms.isEmpty()
            && atoms.get(0).row().getKind().equals(FindingKind.VULNERABLE_PACKAGE.name());
    Map<String, String> canonical = aliased ? aliases(atoms) : Map.of();
    Map<String, List<KeyedAtom>> byCanonical = new TreeMap<>();
    for (KeyedAtom atom : atoms) {
      String nativeId = atom.row().getNativeId();
      byCanonical
          .computeIfAbsent(canonical.getOrDefault(nativeId, nativeId), k -> new ArrayList<>())
          .add(atom);
    }
    Map<String, Set<String>> ids = new HashMap<>();
    canonical.forEach((id, to) -> ids.computeIfAbsent(to, k -> new TreeSet<>()).add(id));
    List<Group> groups = new ArrayList<>();
    byCanonical.forEach(
        (to, members) -> {
          AtomRow first = members.get(0).row();
          String id =
              Hashes.id(PREFIX, asset, first.getUnit(), first.getKind(), first.getSubject(), to);
          groups.add(new Group(id, to, ids.getOrDefault(to, Set.of()), members));
        });
    return groups;
  }

  private static Map<String, String> aliases(List<KeyedAtom> atoms) {
    AliasGroups groups = new AliasGroups();
    for (KeyedAtom atom : atoms) {
      groups.add(atom.row().getNativeId(), List.of());
      atom.row()
          .getAliasClaims()
          .forEach(claim -> groups.add(atom.row().getNativeId(), claim.getAliases()));
    }
    return groups.canonical();
  }

  /** Every id of the vulnerability, or the one there is. */
  Set<String> ids() {
    return names.isEmpty() ? Set.of(canonical) : names;
  }

  /** Every id of the vulnerability but the canonical one. */
  List<String> aliases() {
    return names.stream().filter(id -> !id.equals(canonical)).toList();
  }

  boolean hasAnyOf(Set<ByteBuffer> keys) {
    return atoms.stream().anyMatch(atom -> keys.contains(ByteBuffer.wrap(atom.key())));
  }
}
