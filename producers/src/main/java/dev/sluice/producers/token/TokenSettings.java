package dev.sluice.producers.token;

import dev.sluice.settings.Setting;
import java.util.List;
import java.util.regex.Pattern;

/** One bearer token. The token itself is kept by its user alone. */
public record TokenSettings(
    @Setting(
            doc =
                "SHA-256 of the token, 64 hex digits: printf %s \"$TOKEN\" | sha256sum. The token"
                    + " must be random, for example from openssl rand -hex 32.")
        String sha256,
    @Setting(value = "publish", doc = "view, publish, accept or admin; each includes the former.")
        Role role,
    @Setting(
            doc =
                "Assets it is for, by prefix at a slash: github.com/acme covers"
                    + " github.com/acme/pay and not github.com/acme-labs/pay. * is every asset.")
        List<String> assets) {

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  private static final String NO_ASSETS =
      "a token's assets must name asset prefixes, or * for every asset";

  public TokenSettings {
    if (sha256 == null || !SHA_256.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "a token's sha256 must be 64 lower-case hex digits: printf %s \"$TOKEN\" | sha256sum");
    }
    role = role == null ? Role.PUBLISH : role;
    assets = assets == null ? List.of() : assets.stream().map(TokenSettings::prefix).toList();
    if (assets.isEmpty()) {
      throw new IllegalArgumentException(NO_ASSETS);
    }
  }

  /**
   * A trailing slash and star say what a prefix is anyway; a star elsewhere would match nothing.
   */
  private static String prefix(String written) {
    String prefix = written.strip().replaceFirst("/\\*+$", "");
    if (prefix.isEmpty()) {
      throw new IllegalArgumentException(NO_ASSETS);
    }
    if (prefix.contains("*") && !prefix.equals("*")) {
      throw new IllegalArgumentException(
          "a token's assets are prefixes, not patterns: "
              + prefix
              + " has a * in its middle; write it up to the last whole part, such as"
              + " github.com/acme");
    }
    return prefix;
  }
}
