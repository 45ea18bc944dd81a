package dev.sluice.producers.format.json;

/**
 * Notices a field that comes twice in one object. Looks at the first names of an object only: maps
 * with many entries are data, and their cost would be quadratic.
 */
final class SeenNames {
  private static final int PER_OBJECT = 48;

  private final String[][] names;
  private final int[] counts;

  SeenNames(int depth) {
    names = new String[depth + 1][];
    counts = new int[depth + 1];
  }

  void enter(int depth) {
    if (names[depth] == null) {
      names[depth] = new String[PER_OBJECT];
    }
    counts[depth] = 0;
  }

  boolean repeated(int depth, String name) {
    String[] row = names[depth];
    int count = counts[depth];
    for (int i = 0; i < count; i++) {
      // The parser hands out one instance a name, so this is nearly always decided by identity.
      if (row[i].hashCode() == name.hashCode() && row[i].equals(name)) {
        return true;
      }
    }
    if (count < PER_OBJECT) {
      row[count] = name;
      counts[depth] = count + 1;
    }
    return false;
  }
}
