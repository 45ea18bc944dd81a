package dev.sluice.streams.engine;

import static dev.sluice.streams.Scans.code;
import static dev.sluice.streams.Scans.codeql;
import static dev.sluice.streams.Scans.npm;
import static dev.sluice.streams.Scans.secret;
import static dev.sluice.streams.Scans.trivy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.ActionItem;
import dev.sluice.events.AssetProfile;
import dev.sluice.events.ItemStatus;
import dev.sluice.streams.Scans;
import dev.sluice.streams.rules.asset.CodeOwners;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is to act: the owner of the file, else of the asset. */
class OwnersTest {
  private final Basin basin = new Basin();

  private void profile(String codeOwners) {
    basin.profile(
        AssetProfile.newBuilder()
            .setAsset(Scans.IMAGE)
            .setOwner("team-pay")
            .setPathOwners(
                codeOwners.isEmpty() ? List.of() : CodeOwners.read(Scans.IMAGE, codeOwners))
            .build());
  }

  private List<String> owners() {
    return basin.items.values().stream()
        .filter(item -> item.getStatus() == ItemStatus.OPEN)
        .map(ActionItem::getOwner)
        .sorted()
        .toList();
  }

  @Test
  void codeAndSecretsBelongToTheOwnerOfTheirFileAndPackagesToTheAssets() {
    profile("/src/ @coders\n/config/ @ops\n");

    basin.send(codeql(code("js/xss", "src/web/a.js", 7, "hash-1")));
    basin.send(
        trivy(secret("aws-key", "h1"), npm("CVE-2019-10744", "lodash", "4.17.11", "4.17.12")));

    assertThat(owners()).containsExactly("@coders", "@ops", "team-pay");
  }

  @Test
  void newRulesReachWhatIsOpenWithoutAScan() {
    profile("");
    basin.send(codeql(code("js/xss", "src/web/a.js", 7, "hash-1")));
    assertThat(owners()).containsExactly("team-pay");

    profile("/src/ @coders\n");

    assertThat(owners()).containsExactly("@coders");
  }
}
