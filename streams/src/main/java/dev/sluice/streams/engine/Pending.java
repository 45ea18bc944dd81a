package dev.sluice.streams.engine;

import dev.sluice.streams.state.Facts.KeyedAtom;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Findings of one subject that are still to be settled. A kernel has thousands, too many for one
 * step. The mark of an atom goes when all findings that it is part of are settled, so that the
 * marks alone tell, after a crash as well, what is left.
 */
final class Pending {
  private final Deque<Group> groups;
  private final Set<ByteBuffer> marked;
  private final Map<ByteBuffer, Integer> waiting = new HashMap<>();
  private final Set<ByteBuffer> unmarked = new HashSet<>();

  /**
   * @param groups to be settled
   * @param marked keys of atoms that are marked
   */
  Pending(Collection<Group> groups, Set<ByteBuffer> marked) {
    this.groups = new ArrayDeque<>(groups);
    this.marked = marked;
    for (Group group : groups) {
      group.atoms().forEach(atom -> waiting.merge(key(atom), 1, Integer::sum));
      if (!group.hasAnyOf(marked)) {
        unmarked.add(key(group.atoms().get(0)));
      }
    }
  }

  private static ByteBuffer key(KeyedAtom atom) {
    return ByteBuffer.wrap(atom.key());
  }

  /** Marks groups that won or lost an atom or a name, and have none that is marked. */
  void markAll(Consumer<ByteBuffer> mark) {
    unmarked.forEach(mark);
    marked.addAll(unmarked);
  }

  /** Marks that no finding hangs on. */
  List<ByteBuffer> settledAlready() {
    return marked.stream().filter(atom -> !waiting.containsKey(atom)).toList();
  }

  boolean hasNext() {
    return !groups.isEmpty();
  }

  Group next() {
    return groups.poll();
  }

  /** A group is settled; returns the marks that nothing else hangs on. */
  List<ByteBuffer> settled(Group group) {
    return group.atoms().stream()
        .map(Pending::key)
        .filter(atom -> waiting.merge(atom, -1, Integer::sum) == 0 && marked.contains(atom))
        .toList();
  }
}
