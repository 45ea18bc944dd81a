package dev.sluice.producers.format.json;

/**
 * Notices a field that comes twice in one object, at the price of one look-up a field. Knows the
 * first names of a document only: maps with many entries are data.
 */
final class SeenNames {
  private static final int MOST = 512;
  private static final int SLOTS = 4 * MOST;

  /** Names by hash; the parser hands out one instance a name, so most are found by identity. */
  private final String[] names = new String[SLOTS];

  private int known;

  /** For each depth and name, the number of the object in which the name was last seen. */
  private final int[][] seenIn;

  /** For each depth, the number of the object that is read. */
  private final int[] current;

  private int objects;

  SeenNames(int depth) {
    seenIn = new int[depth + 1][];
    current = new int[depth + 1];
  }

  void enter(int depth) {
    if (seenIn[depth] == null) {
      seenIn[depth] = new int[SLOTS];
    }
    current[depth] = ++objects;
  }

  boolean repeated(int depth, String name) {
    int slot = slot(name);
    if (slot < 0) {
      return false;
    }
    int[] row = seenIn[depth];
    boolean repeated = row[slot] == current[depth];
    row[slot] = current[depth];
    return repeated;
  }

  private int slot(String name) {
    int hash = name.hashCode();
    int slot = (hash ^ (hash >>> 13)) & (SLOTS - 1);
    while (names[slot] != null) {
      if (names[slot] == name || names[slot].equals(name)) {
        return slot;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    if (known == MOST) {
      return -1;
    }
    known++;
    names[slot] = name;
    return slot;
  }
}
