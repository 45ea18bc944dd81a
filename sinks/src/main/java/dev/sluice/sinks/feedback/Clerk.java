package dev.sluice.sinks.feedback;

import dev.sluice.events.ActionItem;
import dev.sluice.events.FeedbackKind;
import dev.sluice.events.Finding;
import dev.sluice.events.ScanVerdict;
import dev.sluice.events.TicketFeedback;
import dev.sluice.events.TicketLink;
import dev.sluice.sinks.PlainText;
import dev.sluice.sinks.feedback.Acceptances.Acceptance;
import dev.sluice.sinks.ticket.Act;
import dev.sluice.sinks.ticket.Mending;
import dev.sluice.sinks.ticket.Setback;
import dev.sluice.sinks.ticket.TicketSink.Deleted;
import dev.sluice.sinks.ticket.Tracker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deals with tickets that are not what their items are: notes what people ask for, grants it or
 * not, and has the ticket brought back. All it must remember it can find again: what waits is still
 * closed at the tracker. Belongs to one thread.
 */
final class Clerk {
  private static final Logger LOG = LoggerFactory.getLogger(Clerk.class);

  /** How long an acceptance may take to withdraw its item. */
  private static final Duration TO_TAKE_EFFECT = Duration.ofMinutes(15);

  private static final int MAX_COMMENT = 1_000;

  private final String sink;
  private final FeedbackSettings settings;
  private final Deleted deleted;
  private final Tracker tracker;
  private final Deliveries deliveries;
  private final World world;
  private final Acceptances acceptances;
  private final TicketMetrics metrics;
  private final Clock clock;
  private final Pace pace;
  private final Map<String, Seen> waiting = new LinkedHashMap<>();
  private final Map<String, Instant> granted = new HashMap<>();

  Clerk(RoundsParts parts) {
    this.sink = parts.sink();
    this.settings = parts.feedback();
    this.deleted = parts.reconcile().deleted();
    this.tracker = parts.tracker();
    this.deliveries = parts.deliveries();
    this.world = parts.world();
    this.acceptances = parts.acceptances();
    this.metrics = parts.metrics();
    this.clock = parts.clock();
    this.pace = parts.pace();
  }

  /** A mismatch and what is asked for by it. */
  private record Case(Seen seen, ActionItem item, Mismatch mismatch) {
    Request request() {
      return seen.request().orElseThrow();
    }
  }

  /** Deals with these, and with those that wait for a scan. */
  void settle(Collection<Seen> seen) throws Setback, InterruptedException {
    Map<String, Seen> all = new LinkedHashMap<>(waiting);
    seen.forEach(each -> all.merge(each.itemId(), each, Clerk::newer));
    waiting.clear();
    try {
      settleAll(current(all.values()));
    } catch (Setback | InterruptedException | RuntimeException e) {
      waiting.putAll(all);
      throw e;
    }
  }

  private void settleAll(List<Seen> current) throws Setback, InterruptedException {
    if (current.isEmpty()) {
      return;
    }
    List<Case> cases = new ArrayList<>();
    for (Case each : cases(current)) {
      cases.add(each.mismatch() == Mismatch.NONE ? each : asked(each));
    }
    cases.removeIf(each -> each.mismatch() == Mismatch.NONE);
    if (cases.isEmpty()) {
      return;
    }
    // Scans first: an item that is read after a verdict is what that scan made of it.
    List<ScanVerdict> scans = scans(cases);
    List<Case> fresh = cases(cases.stream().map(Case::seen).toList());
    Map<String, List<Finding>> findings = findings(fresh);
    for (Case each : fresh) {
      settle(each, findings.getOrDefault(each.seen().itemId(), List.of()), scans);
    }
  }

  /** How many tickets wait for a scan or for an acceptance to take effect. */
  int waiting() {
    return waiting.size();
  }

  private static Seen newer(Seen known, Seen fresh) {
    // What was found out about the same closing need not be asked for again.
    boolean same =
        known.standing().isPresent()
            && fresh.standing().isPresent()
            && known.standing().get().updated().equals(fresh.standing().get().updated());
    return same && known.request().isPresent() ? fresh.with(known.request().get()) : fresh;
  }

  /** Those that nothing was sent to since they were seen. */
  private List<Seen> current(Collection<Seen> seen) {
    Map<String, TicketLink> links = new HashMap<>();
    deliveries.links().values().forEach(all -> all.forEach(l -> links.put(l.getItemId(), l)));
    return seen.stream()
        .filter(
            each -> {
              TicketLink link = links.get(each.itemId());
              return link != null
                  && link.getEpisode() == each.link().getEpisode()
                  && link.getLastRevision() == each.link().getLastRevision()
                  && (link.getAt() == null || !link.getAt().isAfter(each.at()));
            })
        .toList();
  }

  private List<Case> cases(List<Seen> seen) {
    Set<Integer> partitions = seen.stream().map(Seen::partition).collect(Collectors.toSet());
    Set<String> ids = seen.stream().map(Seen::itemId).collect(Collectors.toSet());
    Map<String, ActionItem> items = world.items(partitions, ids);
    Instant now = clock.instant();
    return seen.stream()
        .filter(each -> items.containsKey(each.itemId()))
        .map(
            each -> {
              ActionItem item = items.get(each.itemId());
              return new Case(each, item, Mismatch.of(each, item, now));
            })
        .toList();
  }

  /** Finds out who did it, and as what. */
  private Case asked(Case each) throws Setback, InterruptedException {
    Act.Kind kind =
        each.mismatch() == Mismatch.CLOSED_BY_PEOPLE ? Act.Kind.CLOSED : Act.Kind.REOPENED;
    boolean byPeople = kind == Act.Kind.CLOSED || each.mismatch() == Mismatch.OPENED_BY_PEOPLE;
    if (!byPeople || each.seen().request().isPresent()) {
      return each;
    }
    pace.take();
    Optional<Act> newest =
        tracker.acts(each.seen().standing().orElseThrow()).stream()
            .filter(act -> act.kind() == kind)
            .max(Comparator.comparing(Act::at));
    Act act =
        newest.orElseGet(
            () -> new Act(kind, Optional.empty(), Set.of(), Optional.empty(), each.seen().at()));
    return new Case(each.seen().with(Request.of(act, settings)), each.item(), each.mismatch());
  }

  private List<ScanVerdict> scans(List<Case> cases) {
    List<Case> closed = cases.stream().filter(each -> isDone(each)).toList();
    Optional<Instant> since =
        closed.stream().map(each -> each.request().act().at()).min(Comparator.naturalOrder());
    return since.isEmpty()
        ? List.of()
        : world.scans(
            closed.stream().map(each -> each.seen().partition()).collect(Collectors.toSet()),
            since.get());
  }

  private static boolean isDone(Case each) {
    return each.mismatch() == Mismatch.CLOSED_BY_PEOPLE
        && each.request().kind() == FeedbackKind.CLOSED;
  }

  private Map<String, List<Finding>> findings(List<Case> cases) {
    List<Case> asked =
        cases.stream()
            .filter(each -> each.mismatch() == Mismatch.CLOSED_BY_PEOPLE && !isDone(each))
            .toList();
    if (asked.isEmpty()) {
      return Map.of();
    }
    return world
        .findings(
            asked.stream().map(each -> each.seen().partition()).collect(Collectors.toSet()),
            asked.stream().map(each -> each.seen().itemId()).collect(Collectors.toSet()))
        .stream()
        .collect(Collectors.groupingBy(Finding::getItem));
  }

  private void settle(Case each, List<Finding> findings, List<ScanVerdict> scans) {
    switch (each.mismatch()) {
      case NONE -> {}
      case CLOSED_BY_PEOPLE -> closed(each, findings, scans);
      case OPENED_BY_PEOPLE -> opened(each);
      case DELETED -> deleted(each);
      case LATE, UNFINISHED -> mend(each, "");
    }
  }

  private void closed(Case each, List<Finding> findings, List<ScanVerdict> scans) {
    Request request = each.request();
    Ruling ruling = new Rule(settings).of(request, each.item(), findings);
    note(each, request, ruling, ruling instanceof Ruling.Granted g ? g.until() : null);
    if (ruling instanceof Ruling.Refused refused) {
      mend(each, refused.why());
    } else if (ruling instanceof Ruling.Granted yes) {
      grant(each, findings, yes.until());
    } else {
      Optional<String> seen = StillThere.words(request, each.item(), scans);
      Instant patience = request.act().at().plus(settings.unscanned());
      if (seen.isPresent()) {
        mend(each, seen.get());
      } else if (clock.instant().isAfter(patience)) {
        mend(each, StillThere.unscanned(request, settings.unscanned()));
      } else {
        waiting.put(each.seen().itemId(), each.seen());
      }
    }
  }

  private void grant(Case each, List<Finding> findings, Instant until) {
    Request request = each.request();
    String id = each.seen().itemId() + "@" + request.act().at();
    Instant since = granted.get(id);
    if (since == null) {
      acceptances.accept(
          new Acceptance(
              findings,
              request.kind() == FeedbackKind.FALSE_POSITIVE,
              request.who(),
              each.seen().url(),
              request.act().comment(),
              until));
      granted.put(id, clock.instant());
      waiting.put(each.seen().itemId(), each.seen());
    } else if (clock.instant().isAfter(since.plus(TO_TAKE_EFFECT))) {
      granted.remove(id);
      mend(each, "What " + request.who() + " asked for was granted, and there is still work left.");
    } else {
      waiting.put(each.seen().itemId(), each.seen());
    }
  }

  private void opened(Case each) {
    Request request = each.request();
    boolean revoked = acceptances.revoke(each.seen().url());
    String why =
        "%s opened this again, and there is nothing to do: it is %s%s."
            .formatted(
                request.who(),
                each.item().getStatus().name().toLowerCase(java.util.Locale.ROOT),
                each.item().getStatusReason() == null ? "" : ", " + reason(each.item()));
    Ruling ruling = revoked ? new Ruling.Granted(clock.instant()) : new Ruling.Refused(why);
    note(each, request, ruling, null);
    if (!revoked) {
      mend(each, why);
    }
  }

  private static String reason(ActionItem item) {
    return PlainText.line(item.getStatusReason(), 300).replaceFirst("\\.$", "");
  }

  private void deleted(Case each) {
    Act act =
        new Act(Act.Kind.CLOSED, Optional.empty(), Set.of(), Optional.empty(), each.seen().at());
    Request request = new Request(FeedbackKind.DELETED, act);
    Ruling ruling =
        deleted == Deleted.LEAVE
            ? new Ruling.Granted(clock.instant())
            : new Ruling.Refused("another is created");
    note(each, request, ruling, null);
    if (deleted == Deleted.CREATE) {
      mend(each, "");
    }
  }

  /** Writes down what is asked for, once, and what becomes of it. */
  private void note(Case each, Request request, Ruling ruling, Instant until) {
    TicketLink link = each.seen().link();
    boolean deletion = request.kind() == FeedbackKind.DELETED;
    boolean fresh =
        world.ask(
            each.seen().partition(),
            TicketFeedback.newBuilder()
                .setSink(sink)
                .setItemId(link.getItemId())
                .setEpisode(link.getEpisode())
                .setAsset(each.item().getAsset())
                .setKind(request.kind())
                .setActor(request.actor().orElse(null))
                .setComment(
                    request.act().comment().map(c -> PlainText.line(c, MAX_COMMENT)).orElse(null))
                .setUntil(until)
                // Nobody says when a ticket was deleted: the last delivery tells one from another.
                .setAt(deletion ? link.getAt() : request.act().at())
                .build());
    if (fresh) {
      metrics.requested(request, ruling);
      LOG.atInfo()
          .addKeyValue("sink", sink)
          .addKeyValue("ticket", link.getKey())
          .addKeyValue("item", link.getItemId())
          .addKeyValue("kind", request.kind())
          .addKeyValue("by", PlainText.line(request.actor().orElse("unknown"), 100))
          .addKeyValue("ruling", ruling.word())
          .log("People changed a ticket");
    }
  }

  private void mend(Case each, String words) {
    boolean sent =
        deliveries.mend(each.seen().partition(), Mending.of(each.item(), words, clock.instant()));
    if (!sent) {
      // Something of the item is under way, or the partition went: the next look will know.
      waiting.put(each.seen().itemId(), each.seen());
      return;
    }
    metrics.mended(each.mismatch());
    LOG.atInfo()
        .addKeyValue("sink", sink)
        .addKeyValue("ticket", each.seen().link().getKey())
        .addKeyValue("item", each.seen().itemId())
        .addKeyValue("reason", each.mismatch().word())
        .log("Brought a ticket back to what its item is");
  }
}
