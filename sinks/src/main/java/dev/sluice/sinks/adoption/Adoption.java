package dev.sluice.sinks.adoption;

import dev.sluice.events.ActionItem;
import dev.sluice.events.ItemFinding;
import dev.sluice.sinks.adoption.Match.How;
import dev.sluice.sinks.runner.TicketBook;
import dev.sluice.sinks.ticket.Standing;
import dev.sluice.sinks.ticket.Ticket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Matches tickets with open items: by a list, by the mark of an item, or by a vulnerability and the
 * package's name in title or text, with the asset's name where several items have both. What fits
 * two is matched with none.
 */
public final class Adoption {
  private static final Pattern MARK = Pattern.compile("sluice-[0-9a-f]{32}");
  private static final Pattern VULNERABILITY =
      Pattern.compile(
          "\\b(?:CVE-\\d{4}-\\d{4,19}|(?:GHSA(?:-[0-9a-z]{4}){3})|[A-Z]{2,12}-\\d{4}[-:]\\d+)\\b",
          Pattern.CASE_INSENSITIVE);

  private final List<ActionItem> items;
  private final Map<String, ActionItem> byMark = new HashMap<>();

  /**
   * @param sink name of the configured sink
   * @param items open items without a ticket
   */
  public Adoption(String sink, Collection<ActionItem> items) {
    this.items = List.copyOf(items);
    this.items.forEach(item -> byMark.put(TicketBook.mark(sink, item), item));
  }

  /** What tickets are about, of those that are about anything. */
  public List<Match> byText(Collection<Standing> tickets) {
    List<Match> matches = new ArrayList<>();
    for (Standing standing : tickets) {
      String text = standing.title() + "\n" + standing.body() + "\n" + standing.raw();
      Optional<ActionItem> marked = marked(text);
      if (marked.isPresent()) {
        matches.add(match(standing.ticket(), List.of(marked.get()), How.MARK));
      } else if (standing.open()) {
        List<ActionItem> found = named(standing.title() + "\n" + standing.body());
        if (!found.isEmpty()) {
          matches.add(match(standing.ticket(), found, How.TEXT));
        }
      }
    }
    return withoutRivals(matches);
  }

  /** What the rows of a list are about; every row is in the answer. */
  public List<Match> byList(Collection<CsvRow> rows) {
    List<Match> matches = new ArrayList<>();
    for (CsvRow row : rows) {
      List<ActionItem> found = items.stream().filter(item -> says(row, item)).toList();
      matches.add(match(Ticket.of(row.ticket(), null), found, How.CSV));
    }
    return withoutRivals(matches);
  }

  private static boolean says(CsvRow row, ActionItem item) {
    boolean asset = row.asset().isEmpty() || row.asset().equals(item.getAsset());
    if (!row.item().isEmpty()) {
      return asset && row.item().equals(item.getId());
    }
    boolean vulnerability = vulnerabilities(item).contains(upper(row.vulnerability()));
    return asset && vulnerability && names(item).contains(lower(row.packageName()));
  }

  private Optional<ActionItem> marked(String text) {
    Matcher marks = MARK.matcher(text);
    while (marks.find()) {
      ActionItem item = byMark.get(marks.group());
      if (item != null) {
        return Optional.of(item);
      }
    }
    return Optional.empty();
  }

  private List<ActionItem> named(String text) {
    Set<String> vulnerabilities = new HashSet<>();
    Matcher found = VULNERABILITY.matcher(text);
    while (found.find()) {
      vulnerabilities.add(upper(found.group()));
    }
    if (vulnerabilities.isEmpty()) {
      return List.of();
    }
    List<ActionItem> both =
        items.stream()
            .filter(item -> vulnerabilities(item).stream().anyMatch(vulnerabilities::contains))
            .filter(item -> names(item).stream().anyMatch(name -> isWord(text, name)))
            .toList();
    if (both.size() < 2) {
      return both;
    }
    List<ActionItem> here = both.stream().filter(item -> isWord(text, item.getAsset())).toList();
    return here.isEmpty() ? both : here;
  }

  private static Set<String> vulnerabilities(ActionItem item) {
    return item.getFindings().stream()
        .map(ItemFinding::getVulnerability)
        .map(Adoption::upper)
        .collect(Collectors.toSet());
  }

  /** The package's name for people, and the last part of its purl. */
  private static Set<String> names(ActionItem item) {
    Set<String> names = new HashSet<>();
    if (item.getPackageName() != null && !item.getPackageName().isBlank()) {
      names.add(lower(item.getPackageName()));
    }
    if (item.getPackage$() != null) {
      String purl = item.getPackage$().replaceFirst("[?#@].*$", "");
      names.add(lower(purl.substring(purl.lastIndexOf('/') + 1)));
    }
    names.remove("");
    return names;
  }

  private static boolean isWord(String text, String name) {
    String edge = "[\\p{Alnum}_]";
    return Pattern.compile(
            "(?<!" + edge + ")" + Pattern.quote(name) + "(?!" + edge + ")",
            Pattern.CASE_INSENSITIVE)
        .matcher(text)
        .find();
  }

  private static Match match(Ticket ticket, List<ActionItem> found, How how) {
    Match match = new Match(ticket.key().orElseThrow(), ticket.url(), Optional.empty(), how, "");
    if (found.isEmpty()) {
      return match.unclear("no open item without a ticket fits");
    }
    if (found.size() > 1) {
      return match.unclear(
          "fits %d items: %s"
              .formatted(
                  found.size(),
                  found.stream()
                      .limit(3)
                      .map(ActionItem::getId)
                      .collect(Collectors.joining(", "))));
    }
    return new Match(match.ticket(), match.url(), Optional.of(found.get(0)), how, "");
  }

  private static List<Match> withoutRivals(List<Match> matches) {
    Map<String, Set<String>> tickets = new HashMap<>();
    Map<String, Set<String>> items = new HashMap<>();
    for (Match match : matches) {
      match
          .item()
          .ifPresent(
              item -> {
                tickets.computeIfAbsent(item.getId(), id -> new HashSet<>()).add(match.ticket());
                items.computeIfAbsent(match.ticket(), key -> new HashSet<>()).add(item.getId());
              });
    }
    return matches.stream()
        .map(
            match ->
                match
                    .item()
                    .filter(item -> tickets.get(item.getId()).size() > 1)
                    .map(item -> match.unclear("other tickets fit " + item.getId() + " too"))
                    .orElse(match))
        .map(
            match ->
                match.item().isPresent() && items.get(match.ticket()).size() > 1
                    ? match.unclear("fits several items")
                    : match)
        .distinct()
        .toList();
  }

  private static String upper(String id) {
    return id.toUpperCase(Locale.ROOT);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
