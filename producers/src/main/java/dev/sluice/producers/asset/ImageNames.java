package dev.sluice.producers.asset;

import dev.sluice.producers.asset.AssetNaming.Named;
import dev.sluice.producers.asset.AssetNaming.Unusable;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Image references, by the grammar of github.com/distribution/reference: {@code
 * [host[:port]/]path[:tag][@digest]}.
 */
final class ImageNames {
  private static final String HUB = "docker.io";
  private static final Set<String> HUB_ALIASES =
      Set.of(
          "docker.io",
          "index.docker.io",
          "registry-1.docker.io",
          "registry.hub.docker.com",
          "hub.docker.com");

  /** Prefixes by which tools say where to get an image: Grype and Syft, Trivy, skopeo, podman. */
  private static final Set<String> TRANSPORTS =
      Set.of(
          "docker",
          "podman",
          "containerd",
          "registry",
          "docker-daemon",
          "containers-storage",
          "docker-image",
          "docker-pullable");

  private static final Pattern DIGEST =
      Pattern.compile("[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-f]{32,128}");
  private static final Pattern IMAGE_ID = Pattern.compile("(sha256:)?[0-9a-f]{64}");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
  private static final Pattern SEGMENT = Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*");
  private static final Pattern HOST =
      Pattern.compile("[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?");
  private static final Pattern KNOWN_REGISTRY =
      Pattern.compile(
          "(docker\\.io|[a-z0-9-]+\\.docker\\.(io|com)|registry\\.hub\\.docker\\.com|ghcr\\.io|quay\\.io"
              + "|(.+\\.)?gcr\\.io|registry\\.k8s\\.io|.+\\.pkg\\.dev|.+\\.azurecr\\.io|.+\\.amazonaws\\.com"
              + "|public\\.ecr\\.aws|mcr\\.microsoft\\.com|registry\\.gitlab\\.com|lscr\\.io)");

  /** Tags of the image that is itself named docker, so that docker:24-dind stays that image. */
  private static final Pattern DOCKER_TAG = Pattern.compile("[0-9].*|latest|dind.*|cli|git");

  private ImageNames() {}

  /** Whether only an image is written so: a tag, a digest, a transport or a known registry. */
  static boolean isUnmistakable(String text, String scheme) {
    if (TRANSPORTS.contains(scheme) || text.indexOf('@') > 0) {
      return true;
    }
    if (text.lastIndexOf(':') > text.lastIndexOf('/')) {
      return true;
    }
    return isOnRegistry(
        text.startsWith(scheme + "://") ? text.substring(scheme.length() + 3) : text);
  }

  /** Whether it begins with a host that holds images and no source. */
  static boolean isOnRegistry(String text) {
    int slash = text.indexOf('/');
    return slash > 0
        && KNOWN_REGISTRY.matcher(text.substring(0, slash).toLowerCase(Locale.ROOT)).matches();
  }

  static AssetNaming canonical(String spelling) {
    String text = withoutTransport(spelling);
    if (IMAGE_ID.matcher(text).matches()) {
      return unusable("an image id is no lasting name: every build has another");
    }
    String digest = null;
    int at = text.indexOf('@');
    if (at >= 0) {
      digest = text.substring(at + 1).toLowerCase(Locale.ROOT);
      text = text.substring(0, at);
      if (!DIGEST.matcher(digest).matches()) {
        return unusable("what follows @ in the image's name is no digest");
      }
    }
    String tag = null;
    int colon = text.lastIndexOf(':');
    if (colon > text.lastIndexOf('/')) {
      tag = text.substring(colon + 1);
      text = text.substring(0, colon);
      if (!TAG.matcher(tag).matches()) {
        return unusable("what follows : in the image's name is no tag");
      }
    }
    return named(text.toLowerCase(Locale.ROOT), tag, digest);
  }

  private static AssetNaming named(String repository, String tag, String digest) {
    int slash = repository.indexOf('/');
    String first = slash < 0 ? "" : repository.substring(0, slash);
    boolean hasHost =
        first.indexOf('.') >= 0 || first.indexOf(':') >= 0 || first.equals("localhost");
    String host = hasHost ? canonicalHost(first) : HUB;
    String path = hasHost ? repository.substring(slash + 1) : repository;
    if (first.equals("hub.docker.com")) {
      path = path.replaceFirst("^(r/|_/)", "");
    }
    if (host.equals(HUB) && path.indexOf('/') < 0) {
      path = "library/" + path;
    }
    if (!HOST.matcher(host).matches()) {
      return unusable("the registry in the image's name is no host name");
    }
    for (String segment : path.split("/", -1)) {
      if (!SEGMENT.matcher(segment).matches()) {
        return unusable(
            "a part of the image's name is empty or has characters that no image may have");
      }
    }
    String name = host + "/" + path;
    if (!AssetName.isValid(name)) {
      return unusable("the image's name is longer than " + AssetName.MAX_LENGTH + " characters");
    }
    return new Named(new AssetName(name), AssetKind.IMAGE, tag, digest);
  }

  private static String canonicalHost(String host) {
    String plain = host.replaceFirst("\\.?(:443|:80)?$", "");
    return HUB_ALIASES.contains(plain) ? HUB : plain;
  }

  private static String withoutTransport(String spelling) {
    int colon = spelling.indexOf(':');
    if (colon < 0) {
      return spelling;
    }
    String scheme = spelling.substring(0, colon).toLowerCase(Locale.ROOT);
    String rest = spelling.substring(colon + 1);
    if (rest.startsWith("//")) {
      return isWeb(scheme) || TRANSPORTS.contains(scheme) ? rest.substring(2) : spelling;
    }
    if (!TRANSPORTS.contains(scheme) || isPort(rest)) {
      return spelling;
    }
    boolean tagOfDocker = scheme.equals("docker") && DOCKER_TAG.matcher(rest).matches();
    boolean plainTag = rest.indexOf('/') < 0 && rest.indexOf(':') < 0 && rest.indexOf('@') < 0;
    return tagOfDocker && plainTag ? spelling : rest;
  }

  private static boolean isWeb(String scheme) {
    return scheme.equals("https") || scheme.equals("http");
  }

  /** {@code registry:5000/team/app} is a host with a port, {@code registry:nginx} a transport. */
  private static boolean isPort(String rest) {
    return rest.matches("[0-9]{1,5}/.*");
  }

  private static Unusable unusable(String reason) {
    return new Unusable(reason, AssetNames.REMEDY);
  }
}
