package dev.sluice.producers.gateway;

import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code Content-Digest} (RFC 9530): what the body's bytes will turn out to be. */
final class ContentDigest {
  private static final Pattern SHA_256 =
      Pattern.compile("(?:^|,)\\s*sha-256=:([A-Za-z0-9+/]{43}=):\\s*(?=,|$)");

  private ContentDigest() {}

  /**
   * {@code sha256:} and hex digits; null where there is no header, or none with SHA-256.
   *
   * @throws ProblemException if it is there and malformed
   */
  static String sha256(String header) {
    if (header == null || !header.contains("sha-256")) {
      return null;
    }
    Matcher matcher = SHA_256.matcher(header);
    if (!matcher.find()) {
      throw new ProblemException(
          Problem.badRequest(
              "Content-Digest must be sha-256=:BASE64:, the digest of the body; leave it out to"
                  + " have none checked"));
    }
    return "sha256:" + HexFormat.of().formatHex(Base64.getDecoder().decode(matcher.group(1)));
  }
}
