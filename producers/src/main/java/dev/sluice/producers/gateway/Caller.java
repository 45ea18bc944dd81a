package dev.sluice.producers.gateway;

import dev.sluice.producers.token.Role;
import java.util.List;

/**
 * Who makes a request.
 *
 * @param name name of the token; {@code local} where none is needed
 * @param role what it may do
 * @param assets prefixes of the assets it may do that for; {@code *} is every one
 */
record Caller(String name, Role role, List<String> assets) {
  static final Caller LOCAL = new Caller("local", Role.ADMIN, List.of("*"));

  Caller {
    assets = List.copyOf(assets);
  }

  boolean covers(String asset) {
    return assets.stream().anyMatch(prefix -> covers(prefix, asset));
  }

  private static boolean covers(String prefix, String asset) {
    if (prefix.equals("*") || prefix.equals(asset)) {
      return true;
    }
    // At a boundary only: acme must not open acme-labs.
    boolean whole = prefix.endsWith("/") || prefix.endsWith(":");
    return asset.startsWith(whole ? prefix : prefix + "/");
  }
}
