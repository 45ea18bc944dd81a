package dev.sluice.streams.rules.suppression;

import dev.sluice.events.Finding;
import dev.sluice.events.LineState;
import dev.sluice.events.Suppression;
import java.util.List;

/** What a suppression says of products, with their names read once. */
record Statement(Suppression suppression, List<Product> products, List<Product> subcomponents) {
  /** As many as a line of a finding lists at most. */
  private static final int MOST_VERSIONS = 20;

  Statement(Suppression suppression) {
    this(
        suppression,
        suppression.getProducts().stream().map(Product::read).toList(),
        suppression.getSubcomponents().stream().map(Product::read).toList());
  }

  boolean appliesTo(Finding finding, LineState line) {
    // Only a sample of the versions is in the record: what is cut cannot be vouched for.
    boolean all = line.getInstalledVersions().size() < MOST_VERSIONS;
    List<String> installed = all ? line.getInstalledVersions() : List.of();
    if (subcomponents.isEmpty()
        && products.stream().anyMatch(each -> each.isPackage(finding.getPackage$(), installed))) {
      return true;
    }
    boolean product =
        products.stream()
            .anyMatch(
                each -> each.isAsset(finding.getAsset(), line.getHeadVersion(), line.getDigest()));
    return product
        && (subcomponents.isEmpty()
            || subcomponents.stream()
                .anyMatch(each -> each.isPackage(finding.getPackage$(), installed)));
  }
}
