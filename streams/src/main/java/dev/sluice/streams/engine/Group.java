package dev.sluice.streams.engine;

import dev.sluice.events.FindingKind;
import dev.sluice.streams.rules.identity.AliasGroups;
import dev.sluice.streams.rules.identity.Hashes;
import dev.sluice.streams.rules.identity.Purls;
import dev.sluice.streams.rules.identity.VulnerabilityIds;
import dev.sluice.streams.state.Facts.KeyedAtom;
import dev.sluice.streams.state.row.AtomRow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Atoms that are evidence for the same problem. An advisory that covers several CVEs is evidence
 * for each of them; every other atom is in one group only.
 *
 * @param id id of their finding
 * @param subject what it is about
 * @param canonical id of the vulnerability, or of the one atom there is
 * @param names every id of the vulnerability; empty for what has no aliases
 */
record Group(
    String id, String subject, String canonical, Set<String> names, List<KeyedAtom> atoms) {
  private static final String PREFIX = "f-";

  /** What a problem is about, and which it is. */
  private record Problem(String subject, String canonical) implements Comparable<Problem> {
    private static final Comparator<Problem> ORDER =
        Comparator.comparing(Problem::canonical).thenComparing(Problem::subject);

    @Override
    public int compareTo(Problem other) {
      return ORDER.compare(this, other);
    }
  }

  /** The groups of all atoms about packages of one name, or about one thing of another kind. */
  static List<Group> of(String asset, List<KeyedAtom> atoms) {
    boolean aliased =
        !atoms.isEmpty()
            && atoms.get(0).row().getKind().equals(FindingKind.VULNERABLE_PACKAGE.name());
    Map<String, String> canonical = aliased ? aliases(atoms) : Map.of();
    Map<String, Set<String>> names = new HashMap<>();
    canonical.forEach((id, to) -> names.computeIfAbsent(to, k -> new TreeSet<>()).add(id));
    TreeMap<Problem, List<KeyedAtom>> problems = problems(atoms, canonical);
    if (aliased) {
      typeUntyped(problems);
    }
    List<Group> groups = new ArrayList<>();
    problems.forEach(
        (problem, members) -> {
          AtomRow any = members.get(0).row();
          String id =
              Hashes.id(
                  PREFIX,
                  asset,
                  any.getUnit(),
                  any.getKind(),
                  problem.subject(),
                  problem.canonical());
          Set<String> ids = names.getOrDefault(problem.canonical(), Set.of());
          groups.add(new Group(id, problem.subject(), problem.canonical(), ids, members));
        });
    return groups;
  }

  private static TreeMap<Problem, List<KeyedAtom>> problems(
      List<KeyedAtom> atoms, Map<String, String> canonical) {
    TreeMap<Problem, List<KeyedAtom>> problems = new TreeMap<>();
    for (KeyedAtom atom : atoms) {
      String nativeId = atom.row().getNativeId();
      Set<String> about = covered(atom);
      String own = canonical.getOrDefault(nativeId, nativeId);
      // What turns out to have a CVE of its own is no advisory about others.
      for (String to : about.isEmpty() || VulnerabilityIds.isCve(own) ? Set.of(own) : about) {
        problems
            .computeIfAbsent(new Problem(atom.row().getSubject(), to), k -> new ArrayList<>())
            .add(atom);
      }
    }
    return problems;
  }

  /**
   * A report that does not say of which ecosystem its packages are (Trivy's SARIF of an image)
   * means the package of that name for which another report names the same vulnerability, if there
   * is one only.
   */
  private static void typeUntyped(TreeMap<Problem, List<KeyedAtom>> problems) {
    Map<String, List<Problem>> typed = new HashMap<>();
    for (Problem problem : problems.keySet()) {
      if (!Purls.isUntyped(problem.subject())) {
        typed.computeIfAbsent(problem.canonical(), k -> new ArrayList<>()).add(problem);
      }
    }
    for (Problem problem : List.copyOf(problems.keySet())) {
      List<Problem> same = typed.getOrDefault(problem.canonical(), List.of());
      if (Purls.isUntyped(problem.subject()) && same.size() == 1) {
        problems.get(same.get(0)).addAll(problems.remove(problem));
      }
    }
  }

  private static Map<String, String> aliases(List<KeyedAtom> atoms) {
    AliasGroups groups = new AliasGroups();
    for (KeyedAtom atom : atoms) {
      groups.add(atom.row().getNativeId(), List.of());
      atom.row()
          .getAliasClaims()
          .forEach(claim -> groups.add(atom.row().getNativeId(), claim.getAliases()));
      covered(atom).forEach(cve -> groups.add(cve, List.of()));
    }
    return groups.canonical();
  }

  private static Set<String> covered(KeyedAtom atom) {
    Set<String> covered = new TreeSet<>();
    atom.row().getAliasClaims().forEach(claim -> covered.addAll(claim.getCovered()));
    return covered;
  }

  /** Whether an atom only covers the problem, among others perhaps, and does not name it. */
  boolean isOnlyCoveredBy(KeyedAtom atom) {
    return !names.isEmpty() && !names.contains(atom.row().getNativeId());
  }

  /** The atoms that name the problem; if none does, those that cover it. */
  List<KeyedAtom> speakers() {
    List<KeyedAtom> naming = atoms.stream().filter(atom -> !isOnlyCoveredBy(atom)).toList();
    return naming.isEmpty() ? atoms : naming;
  }

  /** An atom of the package itself, if there is one that says of which ecosystem it is. */
  AtomRow first() {
    return atoms.stream()
        .map(KeyedAtom::row)
        .filter(row -> row.getSubject().equals(subject))
        .findFirst()
        .orElseThrow();
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
