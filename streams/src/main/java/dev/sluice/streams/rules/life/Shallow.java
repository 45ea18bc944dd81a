package dev.sluice.streams.rules.life;

import org.apache.avro.specific.SpecificRecordBase;

/**
 * Copies of a record that share its values. Avro's builders copy every value below, which costs
 * more than anything that is then done with the copy.
 */
public final class Shallow {
  private Shallow() {}

  /**
   * Sets every field of one record to the value of the other. Whoever changes a list or a record
   * within the copy changes it for both.
   *
   * @return the copy
   */
  public static <T extends SpecificRecordBase> T copy(T from, T to) {
    int fields = from.getSchema().getFields().size();
    for (int i = 0; i < fields; i++) {
      to.put(i, from.get(i));
    }
    return to;
  }
}
