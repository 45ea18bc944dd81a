package dev.sluice.sinks;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Change;
import dev.sluice.events.ItemFinding;
import dev.sluice.events.ItemKind;
import dev.sluice.events.ItemStatus;
import dev.sluice.events.LineFix;
import dev.sluice.events.Severity;
import dev.sluice.events.Support;
import java.time.Instant;
import java.util.List;

/** Items and events for tests, with fixed times. */
public final class Samples {
  public static final Instant AT = Instant.parse("2026-03-01T10:15:30Z");

  private Samples() {}

  /** A full item: an upgrade of openssl in an image, on two release lines. */
  public static ActionItem.Builder item(String id) {
    return ActionItem.newBuilder()
        .setId(id)
        .setAsset("registry.example.org/shop/web")
        .setKind(ItemKind.UPGRADE)
        .setTitle("Upgrade openssl to 3.0.15-1~deb12u1")
        .setSummary("Upgrade openssl; this fixes 2 findings on 2 release lines.")
        .setPackage$("pkg:deb/debian/openssl")
        .setPackageName("openssl")
        .setSeverity(Severity.CRITICAL)
        .setKnownExploited(true)
        .setFindings(
            List.of(
                finding("f-1", "CVE-2024-5535", Severity.CRITICAL, true),
                finding("f-2", "CVE-2024-4741", Severity.MEDIUM, false)))
        .setFindingCount(2)
        .setLines(
            List.of(
                line("5.x", Support.SUPPORTED, "5.4.1", "3.0.15-1~deb12u1"),
                line("4.x", Support.SUPPORTED, "4.9.0", null)))
        .setScanners(List.of("grype", "trivy"))
        .setOwner("team-web")
        .setReferences(List.of("https://openssl-library.org/news/vulnerabilities/"))
        .setRule("exploited")
        .setReason("CVE-2024-5535 is known to be exploited.")
        .setDue(Instant.parse("2026-03-15T00:00:00Z"))
        .setDueReason("exploited: 14 days")
        .setStatus(ItemStatus.OPEN)
        .setEpisode(1)
        .setFirstSeen(AT)
        .setOpenedAt(AT)
        .setRevision(1)
        .setContentHash("hash-1")
        .setGeneration(1)
        .setUpdatedAt(AT);
  }

  /** An event of an item in some episode and revision; its id says all of that. */
  public static ActionEvent event(String item, int episode, long revision, ActionEventType type) {
    ItemStatus status =
        switch (type) {
          case RESOLVED -> ItemStatus.RESOLVED;
          case WITHDRAWN -> ItemStatus.WITHDRAWN;
          default -> ItemStatus.OPEN;
        };
    ActionItem state =
        item(item)
            .setEpisode(episode)
            .setRevision(revision)
            .setStatus(status)
            .setContentHash("hash-" + revision)
            .build();
    return event(state, type);
  }

  /** An event that leaves an item in this state. */
  public static ActionEvent event(ActionItem item, ActionEventType type) {
    return ActionEvent.newBuilder()
        .setId("%s-%d-%d-%s".formatted(item.getId(), item.getEpisode(), item.getRevision(), type))
        .setItemId(item.getId())
        .setType(type)
        .setAt(AT)
        .setChanges(
            type == ActionEventType.CHANGED
                ? List.of(
                    Change.newBuilder()
                        .setField("severity")
                        .setBefore("high")
                        .setAfter("critical")
                        .build())
                : List.of())
        .setItem(item)
        .setCause("scan")
        .setCauseId("scan-7")
        .build();
  }

  private static ItemFinding finding(
      String id, String vulnerability, Severity severity, boolean exploited) {
    return ItemFinding.newBuilder()
        .setFindingId(id)
        .setVulnerability(vulnerability)
        .setSeverity(severity)
        .setKnownExploited(exploited)
        .setTitle("openssl: " + vulnerability)
        .setScanners(List.of("trivy"))
        .build();
  }

  private static LineFix line(String name, Support support, String head, String fixed) {
    return LineFix.newBuilder()
        .setLine(name)
        .setSupport(support)
        .setHeadVersion(head)
        .setInstalledVersions(List.of("3.0.11-1~deb12u2"))
        .setFixedVersion(fixed)
        .build();
  }
}
