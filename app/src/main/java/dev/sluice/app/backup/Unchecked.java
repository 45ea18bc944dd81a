package dev.sluice.app.backup;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Lets a disk's failure out of a callback that declares none. */
final class Unchecked {
  interface Work {
    void run() throws IOException;
  }

  private Unchecked() {}

  static void run(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
