package dev.sluice.streams.rules.identity;

import dev.sluice.events.Component;
import dev.sluice.events.Location;
import dev.sluice.events.Observation;
import dev.sluice.events.Rating;
import dev.sluice.events.Resource;
import dev.sluice.events.Secret;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.List;

/**
 * Two hashes of a raw observation: which occurrence it is within its series, and what it says. A
 * repeat has both the same, and is then only marked. They compare a scanner with itself, so nothing
 * is normalised here; that is for what is really new.
 *
 * <p>Not in what it says: titles, descriptions, references, times, EPSS and KEV as reported,
 * because these change daily without anybody having to do anything.
 *
 * <p>Not safe for concurrent use: one to a task.
 */
public final class Fingerprints {
  /** Bytes of an occurrence key. */
  public static final int OCCURRENCE = 16;

  private final MessageDigest digest = Hashes.sha256();
  private final byte[] hash = new byte[32];
  private byte[] text = new byte[4096];
  private int length;

  /**
   * Key of the occurrence within its series.
   *
   * @param ordinal which one of several equal pieces of code in one scan, from 0
   */
  public byte[] occurrence(Observation o, int ordinal) {
    length = 0;
    put(o.getKind().ordinal());
    put(o.getNativeId());
    put(ordinal);
    Component c = o.getComponent();
    if (c != null) {
      put(c.getPurl());
      put(c.getName());
      put(c.getVersion());
      put(c.getEcosystem());
      put(c.getPlaceCount());
      put(c.getPlaces());
    }
    Location l = o.getLocation();
    if (l != null) {
      put(l.getPath());
      put(l.getSnippetHash());
      put(l.getSnippetHash() == null ? l.getSymbol() : null);
      if (l.getSnippetHash() == null && !o.getFingerprints().isEmpty()) {
        o.getFingerprints().entrySet().stream()
            .sorted(java.util.Map.Entry.comparingByKey())
            .forEach(
                e -> {
                  put(e.getKey());
                  put(e.getValue());
                });
      }
    }
    Secret s = o.getSecret();
    if (s != null) {
      put(s.getDetector());
      put(s.getHmac());
      put(s.getKeyId());
      put(s.getContextHash());
    }
    Resource r = o.getResource();
    if (r != null) {
      put(r.getAddress());
    }
    put(o.getLicence());
    put(o.getPlace());
    if (o.getDeployment() != null) {
      put(o.getDeployment().getName());
    }
    if (o.getReport() != null) {
      put(o.getReport().getReportId());
    }
    digest();
    return Hashes.first(hash, OCCURRENCE);
  }

  /** What the observation says, as 8 bytes. */
  public long content(Observation o) {
    length = 0;
    put(o.getAliases());
    put(o.getUpstream());
    put(o.getFixedVersions());
    put(o.getFixState().ordinal());
    put(o.getScannerState().ordinal());
    put(o.getReachability().ordinal());
    put(o.getDeprecatedIds());
    for (int cwe : o.getCwes()) {
      put(cwe);
    }
    for (Rating r : o.getRatings()) {
      put(r.getSource());
      put(r.getSeverity().ordinal());
      put(r.getText());
      put(r.getVector());
      put(r.getScore() == null ? null : r.getScore().toString());
    }
    Component c = o.getComponent();
    if (c != null) {
      put(c.getSourceName());
      put(c.getDistro());
      put(c.getDirectness().ordinal());
    }
    Location l = o.getLocation();
    if (l != null) {
      put(l.getStartLine() == null ? -1 : l.getStartLine());
      put(l.getEndLine() == null ? -1 : l.getEndLine());
      put(l.getSymbol());
    }
    if (o.getSecret() != null) {
      put(o.getSecret().getValidity().ordinal());
    }
    if (o.getDeployment() != null) {
      put(o.getDeployment().toString());
    }
    if (o.getReport() != null) {
      put(o.getReport().toString());
    }
    digest();
    long content = 0;
    for (int i = 0; i < 8; i++) {
      content = (content << 8) | (hash[i] & 0xff);
    }
    return content;
  }

  private void digest() {
    digest.update(text, 0, length);
    try {
      digest.digest(hash, 0, hash.length);
    } catch (DigestException e) {
      throw new IllegalStateException("the buffer holds a SHA-256", e);
    }
  }

  private void put(List<String> values) {
    put(values.size());
    for (String value : values) {
      put(value);
    }
  }

  private void put(int value) {
    reserve(4);
    text[length++] = (byte) (value >>> 24);
    text[length++] = (byte) (value >>> 16);
    text[length++] = (byte) (value >>> 8);
    text[length++] = (byte) value;
  }

  /** Characters and not UTF-8: no encoder on the hot path, and nobody else reads these hashes. */
  private void put(String value) {
    if (value == null) {
      put(-1);
      return;
    }
    int n = value.length();
    put(n);
    reserve(2 * n);
    for (int i = 0; i < n; i++) {
      char c = value.charAt(i);
      text[length++] = (byte) (c >>> 8);
      text[length++] = (byte) c;
    }
  }

  private void reserve(int more) {
    if (text.length - length < more) {
      text = java.util.Arrays.copyOf(text, Math.max(text.length * 2, length + more));
    }
  }
}
