package dev.sluice.producers.format;

import dev.sluice.events.ImageReference;
import dev.sluice.producers.asset.AssetKind;
import dev.sluice.producers.asset.AssetNames;
import dev.sluice.producers.asset.AssetNaming.Named;
import dev.sluice.producers.redact.Redactor;
import java.util.List;

/** Images that a deployment runs, each by its full name: {@code nginx} is Docker Hub's. */
public final class Images {
  private Images() {}

  /** Adds an image to a list, once, up to the most that an observation holds and one more. */
  public static void add(List<ImageReference> images, String reference, Redactor redactor) {
    if (reference == null || reference.isBlank() || images.size() > TextLimits.IMAGES) {
      return;
    }
    ImageReference image = parse(redactor.withoutLogin(reference.strip()));
    if (!images.contains(image)) {
      images.add(image);
    }
  }

  private static ImageReference parse(String reference) {
    ImageName spelt = ImageName.parse(reference);
    // A name that no registry could hold is kept as it is written.
    String repository =
        AssetNames.canonical(spelt.repository(), AssetKind.IMAGE) instanceof Named named
                && named.kind() == AssetKind.IMAGE
            ? named.asset().value()
            : spelt.repository();
    return new ImageReference(repository, spelt.tag(), spelt.digest());
  }
}
