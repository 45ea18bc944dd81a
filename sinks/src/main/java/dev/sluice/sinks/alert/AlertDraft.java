package dev.sluice.sinks.alert;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Severity;
import dev.sluice.sinks.PlainText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Sums up events into an alert. Memory is bounded however many come: counts, at most {@link
 * #MAX_ASSETS} names of assets, and a few times as many items as the alert shows. The same events
 * give the same alert in whatever order items come, as long as the events of one item come in
 * order. Not thread safe.
 */
public final class AlertDraft {
  /** Items that an alert shows in full, unless the draft is told otherwise. */
  public static final int KEPT = 20;

  /** Assets that are counted apart; of more, those first in the alphabet are. */
  public static final int MAX_ASSETS = 1_000;

  /** Assets that an alert shows with their counts. */
  public static final int MAX_SHOWN_ASSETS = 10;

  private static final int MAX_GROUP = 150;
  private static final int MAX_ASSET = 255;

  /** Some of what looked worst is resolved in the end: so much more is kept than is shown. */
  private static final int SPARE = 5;

  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparing(Candidate::best).thenComparing(Candidate::id);

  private final String group;
  private final int kept;
  private final Map<Severity, Integer> severities = new EnumMap<>(Severity.class);
  private final Map<ActionEventType, Integer> events = new EnumMap<>(ActionEventType.class);
  private final TreeMap<String, Integer> assets = new TreeMap<>();
  private final Map<String, Candidate> byId = new HashMap<>();
  private final TreeSet<Candidate> candidates = new TreeSet<>(BEST_FIRST);
  private final long[] ids = new long[4];
  private Instant from;
  private Instant to;
  private int total;

  /**
   * An item that may be shown.
   *
   * @param best the most that any of its events was worth: what once looked bad enough is not
   *     forgotten, so its newest state is known
   */
  private record Candidate(String id, Worth best, AlertEntry entry) {
    Worth now() {
      return Worth.of(entry.item(), entry.event());
    }
  }

  /** Keeps {@link #KEPT} items. */
  public AlertDraft(String group) {
    this(group, KEPT);
  }

  /**
   * @param group what the events have in common, for people; for an exploited vulnerability its id
   * @param kept items that the alert shows in full, at least 1
   */
  public AlertDraft(String group, int kept) {
    if (kept < 1) {
      throw new IllegalArgumentException("an alert keeps 1 item at least, not " + kept);
    }
    this.group = PlainText.line(group, MAX_GROUP);
    this.kept = kept;
  }

  /** Adds an event whose ticket is not known. */
  public AlertDraft add(ActionItem item, ActionEvent event) {
    return add(item, event, Optional.empty());
  }

  /**
   * Adds an event.
   *
   * @param item the state to show, right after the event or newer
   * @param ticket URL where people work on the item
   */
  public AlertDraft add(ActionItem item, ActionEvent event, Optional<String> ticket) {
    total++;
    addId(event.getId());
    events.merge(event.getType(), 1, Integer::sum);
    if (!Worth.isEnd(event.getType())) {
      severities.merge(item.getSeverity(), 1, Integer::sum);
    }
    String asset = item.getAsset();
    count(asset.length() > MAX_ASSET ? asset.substring(0, MAX_ASSET) : asset, 1);
    from = earliest(from, event.getAt());
    to = latest(to, event.getAt());
    keep(new AlertEntry(item, event, ticket));
    return this;
  }

  /** Adds every event of another draft, of which no item is in this one. */
  public AlertDraft addAll(AlertDraft other) {
    total += other.total;
    for (int i = 0; i < ids.length; i++) {
      ids[i] += other.ids[i];
    }
    other.events.forEach((type, count) -> events.merge(type, count, Integer::sum));
    other.severities.forEach((severity, count) -> severities.merge(severity, count, Integer::sum));
    other.assets.forEach(this::count);
    from = earliest(from, other.from);
    to = latest(to, other.to);
    other.candidates.forEach(candidate -> keep(candidate.entry()));
    return this;
  }

  /** Events so far. */
  public int total() {
    return total;
  }

  /** The alert, under a key that is the same for the same events. */
  public Alert build(AlertKind kind) {
    return build(kind, key(kind));
  }

  /**
   * The alert, under a key of the caller's.
   *
   * @throws IllegalArgumentException if no event was added
   */
  public Alert build(AlertKind kind, String key) {
    Map<Severity, Integer> worstFirst = new LinkedHashMap<>();
    for (Severity severity : Worth.WORST_FIRST) {
      if (severities.containsKey(severity)) {
        worstFirst.put(severity, severities.get(severity));
      }
    }
    List<AlertEntry> entries =
        candidates.stream()
            .sorted(Comparator.comparing(Candidate::now).thenComparing(Candidate::id))
            .limit(kept)
            .map(Candidate::entry)
            .toList();
    return new Alert(
        key,
        kind,
        group,
        Optional.ofNullable(from),
        Optional.ofNullable(to),
        total,
        worstFirst,
        mostFirst(events, events.size()),
        mostFirst(assets, MAX_SHOWN_ASSETS),
        assets.size(),
        entries);
  }

  private void count(String asset, int events) {
    assets.merge(asset, events, Integer::sum);
    if (assets.size() > MAX_ASSETS) {
      // What is dropped once comes after all that stay, and is dropped each time.
      assets.pollLastEntry();
    }
  }

  private static Instant earliest(Instant one, Instant other) {
    return one == null || (other != null && other.isBefore(one)) ? other : one;
  }

  private static Instant latest(Instant one, Instant other) {
    return one == null || (other != null && other.isAfter(one)) ? other : one;
  }

  private void keep(AlertEntry entry) {
    String id = entry.item().getId();
    Worth worth = Worth.of(entry.item(), entry.event());
    Candidate known = byId.remove(id);
    Candidate candidate = new Candidate(id, worth, entry);
    if (known != null) {
      candidates.remove(known);
      Worth best = worth.compareTo(known.best()) < 0 ? worth : known.best();
      candidate = new Candidate(id, best, known.entry().then(entry));
    }
    candidates.add(candidate);
    byId.put(id, candidate);
    if (candidates.size() > kept * SPARE) {
      byId.remove(candidates.pollLast().id());
    }
  }

  private static <K extends Comparable<K>> Map<K, Integer> mostFirst(
      Map<K, Integer> counts, int limit) {
    Map<K, Integer> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<K, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(limit)
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  /** A sum of hashes does not depend on the order. */
  private void addId(String id) {
    ByteBuffer hash = ByteBuffer.wrap(sha256(id));
    for (int i = 0; i < ids.length; i++) {
      ids[i] += hash.getLong();
    }
  }

  private String key(AlertKind kind) {
    String all = kind + "\n" + group + "\n" + List.of(ids[0], ids[1], ids[2], ids[3]);
    return HexFormat.of().formatHex(sha256(all), 0, 16);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
