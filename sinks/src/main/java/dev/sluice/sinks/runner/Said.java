package dev.sluice.sinks.runner;

/**
 * Of an event, what the books keep once it was sent: little enough to be held for thousands.
 *
 * @param newestId id of the newest event that was sent with it
 * @param ends whether it ends its episode
 */
record Said(
    String itemId,
    int episode,
    String asset,
    long revision,
    String contentHash,
    String eventId,
    String newestId,
    boolean ends) {

  static Said of(Work work) {
    return new Said(
        work.itemId(),
        work.episode(),
        work.item().getAsset(),
        work.item().getRevision(),
        work.item().getContentHash(),
        work.event().getId(),
        work.newestId(),
        work.ends());
  }
}
