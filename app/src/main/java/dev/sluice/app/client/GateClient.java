package dev.sluice.app.client;

import dev.sluice.app.client.Outlet.UnreachableException;
import dev.sluice.producers.gate.GateAnswer;
import dev.sluice.producers.gate.GateQuestion;
import java.time.Duration;

/** Where the gate can be asked. */
public interface GateClient extends AutoCloseable {

  /**
   * Waits until all scans have their verdicts, or as long as may be.
   *
   * @param withheld whether withheld findings are wanted too
   * @return the answer; it is not complete if time was up
   * @throws UnreachableException if nobody answers, or refuses to
   */
  GateAnswer ask(GateQuestion question, boolean withheld, Duration wait)
      throws InterruptedException, UnreachableException;

  /**
   * Lets it pass all the same, and keeps who and why. What passes by itself is left alone.
   *
   * @throws UnreachableException if that could not be kept: then it does not pass
   */
  GateAnswer override(GateQuestion question, String by, String reason)
      throws InterruptedException, UnreachableException;

  @Override
  void close();
}
