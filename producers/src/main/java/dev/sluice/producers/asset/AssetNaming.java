package dev.sluice.producers.asset;

import java.util.Objects;

/** What became of a spelling: a lasting name, or the reason why it cannot be one. */
public sealed interface AssetNaming {

  /**
   * The spelling names an asset.
   *
   * @param asset its lasting name
   * @param kind what it was read as; {@link AssetKind#UNKNOWN} never
   * @param version tag, chart version or git reference that the spelling held, or null
   * @param digest content digest that the spelling held, for example {@code sha256:…}, or null
   */
  record Named(AssetName asset, AssetKind kind, String version, String digest)
      implements AssetNaming {
    public Named {
      Objects.requireNonNull(asset, "asset");
      Objects.requireNonNull(kind, "kind");
    }
  }

  /**
   * The spelling cannot be a lasting name.
   *
   * @param reason why, in one clause; never holds credentials that the spelling carried
   * @param remedy what to write instead
   */
  record Unusable(String reason, String remedy) implements AssetNaming {
    @Override
    public String toString() {
      return reason + "; " + remedy;
    }
  }
}
