package dev.sluice.producers.webhook;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Reads signature headers; what is not a signature of a kind that we know is passed over. */
public final class Signatures {
  private static final String GITHUB_PREFIX = "sha256=";
  private static final String STANDARD_VERSION = "v1,";

  /** A sender that changes keys signs with two; more is an attempt to make us work. */
  private static final int MOST = 8;

  private Signatures() {}

  /** Of {@code X-Hub-Signature-256}: {@code sha256=} and 64 hex digits. */
  public static List<byte[]> github(String header) {
    if (header == null || !header.startsWith(GITHUB_PREFIX)) {
      return List.of();
    }
    try {
      return List.of(HexFormat.of().parseHex(header.strip().substring(GITHUB_PREFIX.length())));
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }

  /** Of {@code webhook-signature}: {@code v1,} and base64, several apart by blanks. */
  public static List<byte[]> standard(String header) {
    List<byte[]> signatures = new ArrayList<>();
    for (String part : header == null ? new String[0] : header.strip().split(" +", MOST + 1)) {
      if (part.startsWith(STANDARD_VERSION) && signatures.size() < MOST) {
        try {
          signatures.add(Base64.getDecoder().decode(part.substring(STANDARD_VERSION.length())));
        } catch (IllegalArgumentException e) {
          // No signature; another may be one.
        }
      }
    }
    return signatures;
  }
}
