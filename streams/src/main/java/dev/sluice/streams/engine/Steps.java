package dev.sluice.streams.engine;

import dev.sluice.streams.state.row.JobRow;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What the phases of a job share: how much one step does, and where the next begins. */
final class Steps {
  /** Rows that one step looks at: a slice is asked for the time between two steps. */
  static final int PAGE = 64;

  private Steps() {}

  /** Goes over to another phase, at its beginning. */
  static void turn(JobRow job, String phase) {
    job.setPhase(phase);
    job.setCursor(null);
  }

  /** A cursor as a key, or null at the beginning of a phase. */
  static byte[] bytes(ByteBuffer cursor) {
    return cursor == null
        ? null
        : Arrays.copyOfRange(
            cursor.array(),
            cursor.arrayOffset() + cursor.position(),
            cursor.arrayOffset() + cursor.limit());
  }
}
