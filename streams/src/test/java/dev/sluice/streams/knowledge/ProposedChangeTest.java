package dev.sluice.streams.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.KnowledgeChange;
import dev.sluice.events.KnowledgeKind;
import dev.sluice.events.SupportMatrix;
import dev.sluice.events.Suppression;
import dev.sluice.events.SuppressionKind;
import dev.sluice.events.VexStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is proposed is what is applied, however large it is. */
class ProposedChangeTest {
  private static Suppression statement(int number, String reason) {
    return Suppression.newBuilder()
        .setId("CVE-2026-" + number + ":x")
        .setKind(SuppressionKind.VEX)
        .setVexStatus(VexStatus.NOT_AFFECTED)
        .setVulnerability("CVE-2026-" + number)
        .setReason(reason)
        .build();
  }

  private static KnowledgeChange head(ProposedChange change, int parts) {
    return KnowledgeChange.newBuilder()
        .setId("c-1")
        .setKind(change.kind())
        .setName(change.name())
        .setParts(parts)
        .setDigest(change.digest())
        .build();
  }

  @Test
  void comesBackFromAnyNumberOfRecordsInAnyOrder() throws Exception {
    List<Suppression> put =
        IntStream.range(0, 900).mapToObj(i -> statement(i, "r".repeat(2_000))).toList();
    List<Suppression> removed = List.of(statement(1_000, ""), statement(1_001, ""));
    ProposedChange change = ProposedChange.suppressions("a.json", put, removed);

    List<KnowledgeChange> parts = new ArrayList<>(change.content("c-1"));
    KnowledgeChange head = head(change, parts.size());
    java.util.Collections.reverse(parts);

    assertThat(parts).hasSizeGreaterThan(3);
    for (KnowledgeChange part : parts) {
      assertThat(KnowledgeChange.getEncoder().encode(part).remaining()).isLessThan(600_000);
    }
    assertThat(ProposedChange.of(head, parts)).isEqualTo(change);
  }

  @Test
  void policiesAndMatricesComeBackWhole() {
    SupportMatrix matrix = SupportMatrix.newBuilder().setProduct("pay").setVersion("1").build();
    for (ProposedChange change :
        List.of(ProposedChange.policy("name: a\n"), ProposedChange.matrix(matrix))) {
      List<KnowledgeChange> parts = change.content("c-1");
      assertThat(ProposedChange.of(head(change, parts.size()), parts)).isEqualTo(change);
    }
  }

  @Test
  void whatIsMissingOrWasTamperedWithIsNotApplied() {
    ProposedChange change = ProposedChange.policy("name: a\n");
    List<KnowledgeChange> parts = change.content("c-1");
    KnowledgeChange head = head(change, 1);
    parts.get(0).setPolicy("name: b\n");

    assertThatThrownBy(() -> ProposedChange.of(head, parts)).hasMessageContaining("c-1");
    assertThatThrownBy(() -> ProposedChange.of(head, List.of())).hasMessageContaining("c-1");
  }

  @Test
  void whoLoadsAndWhenIsNoPartOfTheDigest() {
    SupportMatrix a = SupportMatrix.newBuilder().setProduct("pay").setVersion("1").build();
    SupportMatrix b = SupportMatrix.newBuilder(a).setRevision(7).setLoadedBy("ann").build();

    assertThat(ProposedChange.matrix(a).digest()).isEqualTo(ProposedChange.matrix(b).digest());
    assertThat(ProposedChange.matrix(a).kind()).isEqualTo(KnowledgeKind.SUPPORT_MATRIX);
  }
}
