package dev.sluice.streams.engine;

import dev.sluice.events.AssetProfile;
import dev.sluice.events.AssetRole;
import dev.sluice.events.SupportMatrix;

/** Which product an asset is a version of, and whether it is released. */
final class Products {
  private Products() {}

  /** The product of the asset's profile, else the asset's own name. */
  static String of(String asset, AssetProfile profile) {
    return profile == null || profile.getProduct() == null ? asset : profile.getProduct();
  }

  /**
   * What the team says; if it says nothing, an asset with a support matrix is one that is released.
   */
  static AssetRole role(AssetProfile profile, SupportMatrix matrix) {
    if (profile != null && profile.getRole() != AssetRole.UNKNOWN) {
      return profile.getRole();
    }
    return matrix == null ? AssetRole.UNKNOWN : AssetRole.RELEASED;
  }
}
