package dev.sluice.producers.format.json;

import dev.sluice.producers.report.ReadWarning;
import dev.sluice.producers.report.ReportHandler;

/** Passes warnings on, up to a number: a report that is wrong everywhere says so once. */
public final class Warnings {
  /** Most warnings of one report. */
  public static final int MAX = 200;

  private final ReportHandler handler;
  private int count;
  private boolean muted;

  public Warnings(ReportHandler handler) {
    this.handler = handler;
  }

  /** Whether warnings are dropped: a first pass over what a second pass reads again. */
  public void mute(boolean on) {
    muted = on;
  }

  /**
   * @param path JSON path
   * @param reason what is wrong, without the value
   */
  public void add(String path, String reason) {
    if (muted) {
      return;
    }
    count++;
    if (count < MAX) {
      handler.warning(new ReadWarning(path, reason));
    } else if (count == MAX) {
      handler.warning(new ReadWarning("$", "more warnings follow and are not listed"));
    }
  }
}
