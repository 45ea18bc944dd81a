package dev.sluice.sinks.adoption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.events.ActionItem;
import dev.sluice.sinks.Samples;
import dev.sluice.sinks.runner.TicketBook;
import dev.sluice.sinks.ticket.Standing;
import dev.sluice.sinks.ticket.Ticket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AdoptionTest {
  private final ActionItem web = Samples.item("web").build();
  private final ActionItem pay =
      Samples.item("pay").setAsset("registry.example.org/shop/pay").build();

  private static Standing ticket(String key, boolean open, String title, String body) {
    return new Standing(
        Ticket.of(key, "https://t.example.org/" + key),
        open,
        title,
        body,
        Optional.empty(),
        Optional.empty(),
        MissingNode.getInstance());
  }

  private static Match only(List<Match> matches) {
    assertThat(matches).hasSize(1);
    return matches.get(0);
  }

  private Match byText(List<ActionItem> items, Standing... tickets) {
    return only(new Adoption("jira", items).byText(List.of(tickets)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openssl: CVE-2024-5535",
        "Fix cve-2024-4741 in OpenSSL!",
        "CVE-2024-5535 (pkg:deb/debian/openssl@3.0.11)",
      })
  void aVulnerabilityAndThePackageTell(String title) {
    Match match = byText(List.of(web), ticket("SEC-1", true, title, ""));
    assertThat(match.item()).contains(web);
    assertThat(match.url()).contains("https://t.example.org/SEC-1");
    assertThat(match.how()).isEqualTo(Match.How.TEXT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openssl is old",
        "CVE-2024-5535 in libressl",
        "CVE-2024-55351 in openssl",
        "CVE-2024-5535 in openssl3",
      })
  void oneOfTheTwoDoesNot(String title) {
    assertThat(new Adoption("jira", List.of(web)).byText(List.of(ticket("1", true, title, ""))))
        .isEmpty();
  }

  @Test
  void theAssetTellsWhereSeveralHaveBoth() {
    String body = "in registry.example.org/shop/pay";
    Match match = byText(List.of(web, pay), ticket("1", true, "openssl CVE-2024-5535", body));
    assertThat(match.item()).contains(pay);
  }

  @Test
  void whatFitsTwoItemsIsMatchedWithNone() {
    Match match = byText(List.of(web, pay), ticket("1", true, "openssl CVE-2024-5535", ""));
    assertThat(match.item()).isEmpty();
    assertThat(match.note()).isEqualTo("fits 2 items: web, pay");
  }

  @Test
  void twoTicketsOfOneItemAreMatchedWithNone() {
    List<Match> matches =
        new Adoption("jira", List.of(web))
            .byText(
                List.of(
                    ticket("1", true, "openssl CVE-2024-5535", ""),
                    ticket("2", true, "openssl CVE-2024-4741", "")));
    assertThat(matches).hasSize(2).allMatch(match -> match.item().isEmpty());
    assertThat(matches.get(0).note()).isEqualTo("other tickets fit web too");
  }

  @Test
  void aClosedTicketIsNotTakenForWorkThatIsOpen() {
    Standing closed = ticket("1", false, "openssl CVE-2024-5535", "");
    assertThat(new Adoption("jira", List.of(web)).byText(List.of(closed))).isEmpty();
  }

  @Test
  void aMarkTellsWhateverTheTextSays() {
    String mark = TicketBook.mark("jira", web);
    Match match = byText(List.of(web, pay), ticket("1", false, "?", "x " + mark + "."));
    assertThat(match.item()).contains(web);
    assertThat(match.how()).isEqualTo(Match.How.MARK);
  }

  @Test
  void aListSaysIt() {
    List<CsvRow> rows =
        CsvRow.read(
            List.of(
                "\uFEFFTicket, vulnerability, package, asset",
                "SEC-1,CVE-2024-5535,\"openssl\",registry.example.org/shop/pay",
                "",
                "SEC-2,CVE-2024-5535,openssl,",
                "SEC-3,CVE-1999-1,openssl,"));
    List<Match> matches = new Adoption("jira", List.of(web, pay)).byList(rows);
    assertThat(matches.get(0).item()).contains(pay);
    assertThat(matches.get(1).note()).startsWith("fits 2 items");
    assertThat(matches.get(2).note()).isEqualTo("no open item without a ticket fits");
    List<CsvRow> byItem = CsvRow.read(List.of("item,ticket", "web,SEC-9"));
    assertThat(only(new Adoption("jira", List.of(web)).byList(byItem)).item()).contains(web);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ticket", "a,b", "item", "ticket,item,colour", "ticket,package"})
  void aListMustNameItsColumns(String heads) {
    assertThatThrownBy(() -> CsvRow.read(List.of(heads, "x,y")))
        .hasMessageStartingWith("line 1: must name the columns");
  }

  @Test
  void aLineThatSaysNothingIsNamed() {
    assertThatThrownBy(() -> CsvRow.read(List.of("ticket,item", "SEC-1,web", "SEC-2,")))
        .hasMessage("line 3: needs a ticket, and an item or a vulnerability and a package");
    assertThatThrownBy(() -> CsvRow.read(List.of("ticket,item", "\"SEC-1,web")))
        .hasMessage("line 2: a quote is not closed");
  }
}
