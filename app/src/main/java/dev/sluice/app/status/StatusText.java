package dev.sluice.app.status;

import dev.sluice.app.text.TextTable;
import java.io.PrintStream;
import java.time.Duration;

/** The report on one screen. */
public final class StatusText {
  private StatusText() {}

  public static void print(PrintStream out, StatusReport report) {
    out.println("Sluice " + report.sluice() + " on Kafka at " + report.kafka());
    TextTable groups = new TextTable("service", "group", "state", "members", "lag").right(3, 4);
    report
        .groups()
        .forEach(
            group ->
                groups.row(
                    group.service(), group.group(), group.state(), group.members(), group.lag()));
    groups.print(out, "  ");
    TextTable facts = new TextTable("", "");
    report
        .generations()
        .forEach(
            each ->
                facts.row(
                    "state, " + each.realm(),
                    (each.living() == null ? "none" : "generation " + each.living())
                        + (each.restoring() == null || each.restoring() == 0
                            ? ""
                            : ", " + each.restoring() + " records to restore")));
    report
        .feeds()
        .forEach(feed -> facts.row("feed " + feed.feed(), age(feed.ageSeconds()) + " old"));
    facts.row("scans held", report.scans().held().size());
    facts.row("scans missing", report.scans().overdue().size());
    facts.row("changes held", report.changesHeld().size());
    facts.row("dead letters", report.deadLetters().open());
    facts.print(out, "  ");
    if (report.attention().isEmpty()) {
      out.println("nothing needs you");
    } else {
      out.println("needs you:");
      report.attention().forEach(each -> out.println("  " + TextTable.plain(each)));
    }
  }

  private static String age(long seconds) {
    Duration age = Duration.ofSeconds(Math.max(0, seconds));
    return age.toDays() > 1
        ? age.toDays() + " days"
        : age.toHours() > 1 ? age.toHours() + " hours" : age.toMinutes() + " minutes";
  }
}
