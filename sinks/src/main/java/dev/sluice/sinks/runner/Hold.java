package dev.sluice.sinks.runner;

/** What keeps partitions from being given away, and offsets from being committed. */
interface Hold {

  /** Something is under way that may still end well: a delivery, or an acknowledgement to come. */
  void begin();

  /** It has ended, well or not. */
  void end();

  /** All that was to be done is done, and durable. */
  void finish();
}
