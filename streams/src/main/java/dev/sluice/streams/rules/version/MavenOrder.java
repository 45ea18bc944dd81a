package dev.sluice.streams.rules.version;

import io.github.nscuro.versatile.version.MavenVersion;
import java.util.Comparator;

/** Maven's own ComparableVersion. */
final class MavenOrder implements Comparator<String> {
  static final MavenOrder INSTANCE = new MavenOrder();

  // The library's factory caches providers in an unsynchronised map; a provider of our own is safe.
  private final MavenVersion.Provider versions = new MavenVersion.Provider();

  private MavenOrder() {}

  @Override
  public int compare(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      return Boolean.compare(!a.isEmpty(), !b.isEmpty());
    }
    return versions.getVersion("maven", a).compareTo(versions.getVersion("maven", b));
  }
}
