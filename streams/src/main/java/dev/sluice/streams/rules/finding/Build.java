package dev.sluice.streams.rules.finding;

/**
 * What a scan looked at.
 *
 * @param digest digest of the artifact, or null
 * @param commit commit, or null
 * @param version version of the asset, or null
 */
public record Build(String digest, String commit, String version) {

  /**
   * Whether both are known to be the same. Where neither digest nor commit can be compared, a
   * version with a number is believed to stay what it was; {@code latest} and {@code main} are not.
   */
  boolean isSameAs(Build other) {
    if (digest != null && other.digest != null) {
      return digest.equals(other.digest);
    }
    if (commit != null && other.commit != null) {
      return commit.equals(other.commit);
    }
    return version != null
        && version.equals(other.version)
        && version.chars().anyMatch(c -> c >= '0' && c <= '9');
  }
}
