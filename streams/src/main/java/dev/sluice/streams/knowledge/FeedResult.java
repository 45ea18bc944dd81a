package dev.sluice.streams.knowledge;

/**
 * What a load did.
 *
 * @param entries entries in the document
 * @param added entries that were not there before
 * @param changed entries that say something else now
 * @param removed entries that are not in it any more
 */
public record FeedResult(String source, long entries, long added, long changed, long removed) {

  /** Whether anything was written. */
  public boolean isNews() {
    return added + changed + removed > 0;
  }
}
