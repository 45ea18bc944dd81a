package dev.sluice.app.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Checksums of the parts of a backup. */
final class Digests {
  private Digests() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
