package dev.sluice.app.knowledge;

import dev.sluice.app.text.LineDiff;
import dev.sluice.events.ChartImagePair;
import dev.sluice.events.KnowledgeChange;
import dev.sluice.events.SupportMatrix;
import dev.sluice.events.SupportedLine;
import dev.sluice.events.Suppression;
import dev.sluice.events.SuppressionKind;
import dev.sluice.streams.knowledge.ProposedChange;
import dev.sluice.streams.knowledge.ReferenceData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a held change says other than what holds, line by line. */
public final class ChangeDiff {
  private ChangeDiff() {}

  /**
   * The difference to what holds now.
   *
   * @param change one that waits
   */
  public static List<String> of(KnowledgeDesk desk, KnowledgeChange change) {
    ProposedChange content = new HeldChanges(desk).content(change);
    ReferenceData now = ReferenceDataReader.read(desk);
    return switch (change.getKind()) {
      case POLICY ->
          LineDiff.of(now.document().lines().toList(), content.policy().lines().toList());
      case SUPPORT_MATRIX ->
          LineDiff.of(rows(now.matrix(change.getName())), rows(content.matrix()));
      default -> suppressions(content);
    };
  }

  private static List<String> rows(SupportMatrix matrix) {
    List<String> rows = new ArrayList<>();
    if (matrix != null) {
      matrix.getLines().forEach(line -> rows.add(row(line)));
      matrix.getPairs().forEach(pair -> rows.add(row(pair)));
    }
    return rows;
  }

  private static String row(SupportedLine line) {
    return line.getRange()
        + ": "
        + line.getSupport().name().toLowerCase(Locale.ROOT)
        + (line.getUntil() == null ? "" : " until " + line.getUntil());
  }

  private static String row(ChartImagePair pair) {
    return "chart "
        + pair.getChart()
        + " "
        + pair.getChartVersions()
        + " with "
        + pair.getImage()
        + " "
        + pair.getImageVersions();
  }

  private static List<String> suppressions(ProposedChange change) {
    List<String> lines = new ArrayList<>();
    change.removed().forEach(each -> lines.add("- " + row(each)));
    change.put().forEach(each -> lines.add("+ " + row(each)));
    return lines;
  }

  private static String row(Suppression each) {
    String status = each.getVexStatus().name().toLowerCase(Locale.ROOT).replace('_', '-');
    String kind = each.getKind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    return each.getId()
        + " "
        + (each.getKind() == SuppressionKind.VEX ? status : kind)
        + (each.getProducts().isEmpty() ? "" : " for " + String.join(", ", each.getProducts()))
        + (each.getSubcomponents().isEmpty()
            ? ""
            : " in " + String.join(", ", each.getSubcomponents()))
        + (each.getPaths().isEmpty() ? "" : " at " + String.join(", ", each.getPaths()))
        + (each.getExpires() == null ? "" : " until " + each.getExpires())
        + (each.getReason().isEmpty() ? "" : ": " + each.getReason());
  }
}
