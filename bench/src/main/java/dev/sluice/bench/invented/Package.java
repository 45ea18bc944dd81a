package dev.sluice.bench.invented;

/** Packages of an invented image, by number; there are {@link #COUNT}, then they come again. */
final class Package {
  static final int COUNT = 600;

  private Package() {}

  static String name(int i) {
    return "libpackage" + i % COUNT;
  }

  static String version(int i) {
    return "1." + i % COUNT % 30 + ".2-3+deb12u" + i % COUNT % 7;
  }

  static String purl(int i) {
    return "pkg:deb/debian/"
        + name(i)
        + "@"
        + version(i).replace("+", "%2B")
        + "?arch=amd64&distro=debian-12.5&upstream="
        + name(i).substring(3);
  }
}
