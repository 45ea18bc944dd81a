package dev.sluice.sinks.feedback;

import dev.sluice.events.ActionItem;
import dev.sluice.events.FeedbackKind;
import dev.sluice.events.Finding;
import dev.sluice.events.FindingKind;
import dev.sluice.events.ItemKind;
import dev.sluice.events.SecretValidity;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a request is granted. Only an account that the settings name may accept, and nobody what
 * is known to be exploited, a live secret, or a vulnerability under embargo.
 */
final class Rule {
  private static final Set<ItemKind> ACCEPTABLE =
      Set.of(ItemKind.UPGRADE, ItemKind.FINDING, ItemKind.END_OF_LIFE);

  private final FeedbackSettings settings;

  Rule(FeedbackSettings settings) {
    this.settings = settings;
  }

  /**
   * Decides.
   *
   * @param findings all open findings of the item
   */
  Ruling of(Request request, ActionItem item, List<Finding> findings) {
    return switch (request.kind()) {
      case ACCEPTED, FALSE_POSITIVE ->
          refusal(request, item, findings)
              .<Ruling>map(Ruling.Refused::new)
              .orElseGet(() -> new Ruling.Granted(request.act().at().plus(settings.acceptFor())));
      default -> new Ruling.Waits();
    };
  }

  private Optional<String> refusal(Request request, ActionItem item, List<Finding> findings) {
    boolean accepts = request.kind() == FeedbackKind.ACCEPTED;
    String wish =
        request.who()
            + (accepts ? " asked to accept the risk: " : " said that this is a false positive: ");
    if (item.getEmbargoed()) {
      return Optional.of(
          wish + "not granted, it is under embargo; its report is decided with sluice report.");
    }
    if (item.getKnownExploited() || findings.stream().anyMatch(Finding::getKnownExploited)) {
      return Optional.of(wish + "not granted, it is known to be exploited.");
    }
    if (findings.stream().anyMatch(Rule::isLiveSecret)) {
      return Optional.of(
          wish
              + "not granted, a secret that may still be live must be revoked, and that recorded.");
    }
    if (request.actor().filter(settings.accepters()::contains).isEmpty()) {
      return Optional.of(
          wish
              + "not granted, "
              + (settings.accepters().isEmpty()
                  ? "nobody may do that here; sluice accept can."
                  : "only those may whom the settings of this sink name."));
    }
    if (!ACCEPTABLE.contains(item.getKind()) || findings.isEmpty()) {
      return Optional.of(
          wish + "not granted, it is no finding of its own; accept findings with sluice accept.");
    }
    boolean several = findings.stream().anyMatch(finding -> finding.getScanners().size() != 1);
    if (!accepts && several) {
      return Optional.of(
          wish + "not granted, more than one scanner says so. Its risk can be accepted instead.");
    }
    return Optional.empty();
  }

  private static boolean isLiveSecret(Finding finding) {
    return finding.getKind() == FindingKind.SECRET
        && finding.getSecretValidity() != SecretValidity.REVOKED;
  }
}
