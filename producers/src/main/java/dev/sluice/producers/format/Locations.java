package dev.sluice.producers.format;

import dev.sluice.events.Location;
import dev.sluice.producers.redact.Redactor;

/** Places in files. Lines and columns count from 1; what is no such number is not known. */
public final class Locations {
  private Locations() {}

  /** A whole file. */
  public static Location file(String path) {
    return new Location(path, null, null, null, null, null, null, null);
  }

  /** Some lines of a file. */
  public static Location lines(String path, Integer start, Integer end) {
    Integer first = positive(start);
    return new Location(
        path, first, end == null ? first : positive(end), null, null, null, null, null);
  }

  /** As {@link #lines}, with the keyed hash of their text, which may be null. */
  public static Location snippet(
      String path, Integer start, Integer end, String text, Redactor redactor) {
    Location location = lines(path, start, end);
    String hash = redactor.snippetHash(text);
    location.setSnippetHash(hash);
    location.setSnippetKeyId(hash == null ? null : redactor.keyId());
    return location;
  }

  /** The number, if it counts from 1. */
  public static Integer positive(Integer number) {
    return number == null || number < 1 ? null : number;
  }
}
