package dev.sluice.sinks.alert;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Severity;
import dev.sluice.sinks.Samples;
import java.util.List;
import java.util.Optional;

/** Alerts for tests, one of each kind. */
public final class Alerts {
  /** What a scanner might report to whoever reads the message. */
  public static final List<String> HOSTILE =
      List.of(
          "<!channel> <https://evil.example|click> & *bold* `code` @here ~x~ _y_ ",
          "&".repeat(5_000),
          "<script>alert(1)</script> [click](https://evil.example) {{DATE(2026-01-01,SHORT)}} \\",
          "\r\nBcc: everybody@example.org\r\n\r\n.\r\nQUIT\r\n\u0000\u202e",
          "😀".repeat(3_000));

  private Alerts() {}

  /** One of each kind, in the order of the enum. */
  public static List<Alert> all() {
    ActionEvent opened = Samples.event("item-1", 1, 1, ActionEventType.OPENED);
    return List.of(
        new AlertDraft("")
            .add(opened.getItem(), opened, Optional.of("https://tracker.example.org/SEC-7"))
            .build(AlertKind.SINGLE, "key-single"),
        of(AlertKind.DIGEST, 3, "team-web"),
        of(AlertKind.STORM, 5_000, "team-web"),
        exploited());
  }

  /** Events of items on as many assets; their texts hold the words. */
  public static Alert of(AlertKind kind, int events, String words) {
    AlertDraft draft = new AlertDraft(words);
    for (int i = 0; i < events; i++) {
      ActionEvent event =
          Samples.event(
              Samples.item("item-%04d".formatted(i))
                  .setAsset("registry.example.org/shop/web-%04d".formatted(i))
                  .setTitle("Upgrade openssl in " + words)
                  .setSummary(words)
                  .setOwner(words)
                  .setReason(words)
                  .setSeverity(Severity.values()[6 - i % 4])
                  .setKnownExploited(false)
                  .build(),
              i % 3 == 2 ? ActionEventType.RESOLVED : ActionEventType.OPENED);
      draft.add(event.getItem(), event);
    }
    return draft.build(kind, "key-" + kind);
  }

  private static Alert exploited() {
    AlertDraft draft = new AlertDraft("CVE-2024-5535");
    for (String asset : List.of("registry.example.org/shop/web", "github.com/acme/pay")) {
      ActionItem item = Samples.item("item-" + asset.length()).setAsset(asset).build();
      draft.add(item, Samples.event(item, ActionEventType.EXPLOITED));
    }
    return draft.build(AlertKind.EXPLOITED, "key-exploited");
  }
}
