package dev.sluice.producers.format;

/**
 * An image reference in its parts, as spelt: {@code repository[:tag][@digest]}.
 *
 * @param repository without tag and digest
 * @param tag null where there is none
 * @param digest {@code sha256:…}, null where there is none
 */
public record ImageName(String repository, String tag, String digest) {
  public static ImageName parse(String reference) {
    String rest = reference.strip();
    String digest = null;
    int at = rest.indexOf('@');
    if (at >= 0) {
      digest = rest.substring(at + 1);
      rest = rest.substring(0, at);
    }
    String tag = null;
    int colon = rest.lastIndexOf(':');
    if (colon > rest.lastIndexOf('/')) {
      tag = rest.substring(colon + 1);
      rest = rest.substring(0, colon);
    }
    return new ImageName(rest, emptyToNull(tag), emptyToNull(digest));
  }

  /** Whether the reference is a file in which an image was saved, and so no name of it. */
  public static boolean isArchive(String reference) {
    return reference.endsWith(".tar")
        || reference.endsWith(".tar.gz")
        || reference.endsWith(".tgz")
        || reference.startsWith("/")
        || reference.startsWith("./");
  }

  private static String emptyToNull(String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
