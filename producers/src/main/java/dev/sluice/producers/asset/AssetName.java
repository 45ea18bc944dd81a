package dev.sluice.producers.asset;

import java.util.regex.Pattern;

/**
 * The lasting name of an asset, as it keys every record: {@code docker.io/library/nginx}, {@code
 * github.com/org/repo}, {@code chart:charts.example.org/pay}, {@code deployment:prod/shop/pay}.
 * Made by {@link AssetNames}; the constructor only refuses what could never be one.
 *
 * @param value 1 to 255 characters out of ASCII letters, digits and {@code . _ - ~ + % @ : /},
 *     beginning with a letter or digit and with no empty part between slashes
 */
public record AssetName(String value) {
  /** Longest name in characters: the limit of an image repository (distribution reference). */
  public static final int MAX_LENGTH = 255;

  private static final Pattern ALLOWED =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._~+%@:-]*(/[A-Za-z0-9._~+%@:-]+)*");

  public AssetName {
    if (value == null || value.length() > MAX_LENGTH || !ALLOWED.matcher(value).matches()) {
      throw new IllegalArgumentException("not an asset name");
    }
  }

  static boolean isValid(String value) {
    return value.length() <= MAX_LENGTH && ALLOWED.matcher(value).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
