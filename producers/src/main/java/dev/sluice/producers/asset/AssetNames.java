package dev.sluice.producers.asset;

import dev.sluice.producers.asset.AssetNaming.Named;
import dev.sluice.producers.asset.AssetNaming.Unusable;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Brings every spelling that scanners and people use for one thing to its one lasting name.
 *
 * <p>How a spelling is read, first match wins:
 *
 * <ol>
 *   <li>{@code image:}, {@code repo:}, {@code chart:}, {@code deployment:} say what it is; {@code
 *       path:} says that it is only a path.
 *   <li>A form that fits one kind alone: {@code git@host:…}, {@code https://…}, {@code oci://…}, a
 *       tag or digest, a known code host or image registry, a path or an archive.
 *   <li>The kind that the report states.
 *   <li>Else an image, as container tools read it: {@code acme/pay} is {@code docker.io/acme/pay}.
 *       Only a name with a host that no image may have, for its upper-case letters say, is a
 *       repository.
 * </ol>
 */
public final class AssetNames {
  /** Longest spelling that is looked at, in characters. */
  static final int MAX_SPELLING = 2_048;

  static final String REMEDY =
      "name the asset: --asset (or ?asset=) with an image such as docker.io/acme/pay, a repository"
          + " such as github.com/acme/pay, or one of image:, repo:, chart:, deployment: and a name";

  private static final Pattern WINDOWS_PATH = Pattern.compile("[A-Za-z]:[\\\\/].*|.*\\\\.*");
  private static final Pattern ARCHIVE =
      Pattern.compile(
          ".*\\.(tar|tar\\.gz|tgz|tar\\.xz|tar\\.zst|zip|jar|war|ear|whl|sif|json|sarif|ya?ml|xml|txt)",
          Pattern.CASE_INSENSITIVE);
  private static final Set<String> PATH_SCHEMES =
      Set.of("path", "file", "dir", "sbom", "oci-dir", "oci-archive", "rootfs", "snap");

  private AssetNames() {}

  /** Reads a spelling about which nothing else is known. */
  public static AssetNaming canonical(String spelling) {
    return canonical(spelling, AssetKind.UNKNOWN);
  }

  /**
   * @param spelling as a scanner or a person wrote it; null or blank is unusable
   * @param stated what the report says it is, for spellings that could be several things
   */
  public static AssetNaming canonical(String spelling, AssetKind stated) {
    if (spelling == null || spelling.isBlank()) {
      return new Unusable("no asset is named", REMEDY);
    }
    String text = spelling.strip();
    if (text.length() > MAX_SPELLING) {
      return new Unusable(
          "the asset's name is longer than " + MAX_SPELLING + " characters", REMEDY);
    }
    if (text.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      return new Unusable("the asset's name holds a blank or a control character", REMEDY);
    }
    AssetNaming naming = read(text, stated);
    if (naming instanceof Named named && !isStable(named)) {
      return new Unusable("the asset's name can be read in two ways", REMEDY);
    }
    return naming;
  }

  /** A lasting name must be read as itself by everybody who meets it without its kind. */
  private static boolean isStable(Named named) {
    return read(named.asset().value(), AssetKind.UNKNOWN) instanceof Named again
        && again.asset().equals(named.asset());
  }

  private static AssetNaming read(String text, AssetKind stated) {
    int colon = text.indexOf(':');
    String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
    String rest = text.substring(colon + 1);
    switch (scheme) {
      case "image":
        return ImageNames.canonical(rest);
      case "repo":
        return RepositoryNames.canonical(rest);
      case "chart":
        return ChartNames.chart(rest);
      case "deployment":
        return ChartNames.deployment(rest);
      case "oci":
        return rest.startsWith("//") ? ChartNames.chart(rest) : path("an image layout on disk");
      case "docker-archive":
        return archive(rest);
      default:
        break;
    }
    if (PATH_SCHEMES.contains(scheme)) {
      return path("a path");
    }
    if (isPath(text)) {
      return path("a path");
    }
    return switch (kindOf(text, scheme, stated)) {
      case REPOSITORY -> RepositoryNames.canonical(text);
      case CHART -> ChartNames.chart(text);
      case DEPLOYMENT -> ChartNames.deployment(text);
      default ->
          ARCHIVE.matcher(text).matches() ? path("an archive or file") : ImageNames.canonical(text);
    };
  }

  private static AssetKind kindOf(String text, String scheme, AssetKind stated) {
    if (RepositoryNames.isUnmistakable(text, scheme)) {
      return AssetKind.REPOSITORY;
    }
    if (ImageNames.isUnmistakable(text, scheme)) {
      return AssetKind.IMAGE;
    }
    if (stated != AssetKind.UNKNOWN) {
      return stated;
    }
    return RepositoryNames.hasHost(text) && !isImage(text) ? AssetKind.REPOSITORY : AssetKind.IMAGE;
  }

  private static boolean isImage(String text) {
    return text.equals(text.toLowerCase(Locale.ROOT))
        && ImageNames.canonical(text) instanceof Named;
  }

  /** {@code docker-archive:file.tar:nginx:1.19}: only the image behind the file can last. */
  private static AssetNaming archive(String rest) {
    int colon = rest.indexOf(':');
    boolean named = colon > 1 && colon + 1 < rest.length() && rest.charAt(colon + 1) != '@';
    return named ? ImageNames.canonical(rest.substring(colon + 1)) : path("an archive");
  }

  private static boolean isPath(String text) {
    return text.startsWith("/")
        || text.startsWith("./")
        || text.startsWith("../")
        || text.equals(".")
        || text.equals("..")
        || text.startsWith("~/")
        || WINDOWS_PATH.matcher(text).matches();
  }

  private static Unusable path(String what) {
    return new Unusable(
        "the report names its target as " + what + ", which is no lasting name", REMEDY);
  }
}
