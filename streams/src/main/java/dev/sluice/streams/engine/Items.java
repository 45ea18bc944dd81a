package dev.sluice.streams.engine;

import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Disclosure;
import dev.sluice.events.Finding;
import dev.sluice.events.ItemKind;
import dev.sluice.events.ItemStatus;
import dev.sluice.streams.rules.item.ItemAssembly;
import dev.sluice.streams.rules.item.ItemKey;
import dev.sluice.streams.rules.life.DisclosureTimeline;
import dev.sluice.streams.rules.life.ItemLife;
import dev.sluice.streams.rules.life.ItemLife.Step;
import dev.sluice.streams.state.Facts.Member;
import dev.sluice.streams.state.Order.Due;
import dev.sluice.streams.state.RowCodec;
import dev.sluice.streams.state.State;
import dev.sluice.streams.state.row.FindingRow;
import dev.sluice.streams.state.row.ItemRow;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Puts marked items together again and says what happened to them. */
final class Items {
  /** An item with more findings than this is put together from the worst of them. */
  private static final int MOST_MEMBERS = 5_000;

  private final State state;
  private final Knowledge knowledge;
  private final Outputs outputs;
  private final EngineSettings settings;
  private final RowCodec<ActionItem> items = new RowCodec<>(ActionItem.class);
  private final RowCodec<Finding> findings = new RowCodec<>(Finding.class);

  Items(State state, Knowledge knowledge, Outputs outputs, EngineSettings settings) {
    this.state = state;
    this.knowledge = knowledge;
    this.outputs = outputs;
    this.settings = settings;
  }

  /**
   * Notes, for when the item turns out to be empty, why a finding left it.
   *
   * @param stillThere it left by a decision, not because it is gone
   * @param to the item it moved to, or null
   * @param why how it was resolved, in one sentence; null if it was not
   */
  static void noteLeaving(
      State state, long asset, String item, boolean stillThere, String to, String why) {
    ItemRow row = state.facts().item(asset, item);
    if (row != null) {
      row.setWithdrawing(row.getWithdrawing() || stillThere);
      row.setContinuesIn(to == null ? row.getContinuesIn() : to);
      row.setLeftBecause(why);
      state.facts().putItem(asset, item, row);
    }
  }

  /** A marked item is put together; its mark is taken away. */
  void settle(Work work, String id) {
    ItemRow row = state.facts().item(work.key, id);
    ActionItem before = row == null ? null : items.decode(row.getItem());
    boolean counted = id.equals(work.baseline);
    List<Finding> members =
        members(work.key, id, counted ? ItemAssembly.MOST_FINDINGS : MOST_MEMBERS);
    Optional<Step> step;
    if (members.isEmpty()) {
      boolean withdrawn = row != null && row.getWithdrawing();
      step =
          ItemLife.left(
              before,
              withdrawn ? ItemStatus.WITHDRAWN : ItemStatus.RESOLVED,
              leavingReason(row),
              work.cause,
              work.now);
    } else {
      FindingRow first = state.facts().finding(work.key, members.get(0).getId());
      ItemKey key = ItemKey.of(members.get(0), first.getBaseline()).under(id);
      String owner = Judgement.owner(work, members.get(0));
      ActionItem now =
          counted
              ? ItemAssembly.assemble(key, members, new Members(state).tally(work, id), owner)
              : ItemAssembly.assemble(key, members, owner);
      now.setDueReason(dueReason(now, members));
      now.setEmbargoed(settings.embargoed());
      step = ItemLife.held(before, now, work.cause, work.now);
    }
    if (step.isPresent()) {
      send(work, row, before, step.get(), members.size());
    } else if (row != null && row.getWithdrawing()) {
      row.setWithdrawing(false);
      row.setContinuesIn(null);
      row.setLeftBecause(null);
      state.facts().putItem(work.key, id, row);
    }
    state.order().clearItem(work.key, id);
  }

  /** Keeps an item that holds no findings. */
  void hold(Work work, ActionItem now) {
    ItemRow row = state.facts().item(work.key, now.getId());
    ActionItem before = row == null ? null : items.decode(row.getItem());
    ItemLife.held(before, now, work.cause, work.now)
        .ifPresent(step -> send(work, row, before, step, 0));
  }

  /** Ends an item that holds no findings. */
  void release(Work work, String id, ItemStatus status, String reason) {
    ItemRow row = state.facts().item(work.key, id);
    ActionItem before = row == null ? null : items.decode(row.getItem());
    ItemLife.left(before, status, reason, work.cause, work.now)
        .ifPresent(step -> send(work, row, before, step, 0));
  }

  private static String leavingReason(ItemRow row) {
    if (row != null && row.getContinuesIn() != null) {
      return "It continues in item " + row.getContinuesIn() + ".";
    }
    if (row != null && row.getLeftBecause() != null) {
      return row.getLeftBecause();
    }
    return row != null && row.getWithdrawing()
        ? "It is still there, and by a decision nobody has to act on it any more."
        : "Nobody sees it any more.";
  }

  private void send(Work work, ItemRow row, ActionItem before, Step step, int members) {
    ActionItem now = step.item();
    now.setGeneration(settings.generation());
    boolean sameDue =
        row != null
            && before.getEpisode() == now.getEpisode()
            && java.util.Objects.equals(before.getDue(), now.getDue());
    forget(work.key, before);
    ItemRow kept =
        ItemRow.newBuilder()
            .setItem(items.wrap(now))
            .setMembers(members)
            // Whoever has just been told of the item has just been told of its date.
            .setDueSoonSent(isSoon(now, work.now) || sameDue && row.getDueSoonSent())
            .setOverdueSent(sameDue && row.getOverdueSent())
            .build();
    state.facts().putItem(work.key, now.getId(), kept);
    remind(work.key, now);
    outputs.item(now);
    outputs.event(step.event());
  }

  /**
   * Sends reminders whose time has come.
   *
   * @return assets whose scans are to be looked at now
   */
  Set<Long> remindUntil(Instant now, int limit) {
    Set<Long> awake = new TreeSet<>();
    for (Due due : state.order().dueUntil(now.toEpochMilli(), limit)) {
      state.order().removeDue(due);
      if (due.item().equals(Freshness.WAKE)) {
        awake.add(due.asset());
        continue;
      }
      ItemRow row = state.facts().item(due.asset(), due.item());
      ActionItem item = row == null ? null : items.decode(row.getItem());
      if (item == null || item.getStatus() != ItemStatus.OPEN || item.getDue() == null) {
        continue;
      }
      if (!item.getDue().isAfter(now)) {
        if (!row.getOverdueSent()) {
          row.setOverdueSent(true);
          row.setDueSoonSent(true);
          state.facts().putItem(due.asset(), due.item(), row);
          outputs.event(ItemLife.reminder(item, ActionEventType.OVERDUE, now));
        }
      } else if (!row.getDueSoonSent()) {
        row.setDueSoonSent(true);
        state.facts().putItem(due.asset(), due.item(), row);
        outputs.event(ItemLife.reminder(item, ActionEventType.DUE_SOON, now));
      }
    }
    return awake;
  }

  private void remind(long asset, ActionItem item) {
    if (item.getStatus() == ItemStatus.OPEN && item.getDue() != null) {
      state.order().putDue(new Due(item.getDue().toEpochMilli(), asset, item.getId()));
      state.order().putDue(new Due(soon(item), asset, item.getId()));
    }
  }

  private void forget(long asset, ActionItem before) {
    if (before != null && before.getDue() != null) {
      state.order().removeDue(new Due(before.getDue().toEpochMilli(), asset, before.getId()));
      state.order().removeDue(new Due(soon(before), asset, before.getId()));
    }
  }

  private boolean isSoon(ActionItem item, Instant now) {
    return item.getDue() != null && soon(item) <= now.toEpochMilli();
  }

  private long soon(ActionItem item) {
    boolean disclosure =
        item.getDueReason() != null
            && item.getDueReason().startsWith(DisclosureTimeline.DUE_REASON);
    Duration lead = disclosure ? DisclosureTimeline.LEAD : knowledge.policy().dueSoonLead();
    return item.getDue().minus(lead).toEpochMilli();
  }

  private static String dueReason(ActionItem item, List<Finding> members) {
    if (item.getDue() == null) {
      return null;
    }
    Disclosure disclosure = members.get(0).getDisclosure();
    if (disclosure != null && disclosure.getDue() != null) {
      return DisclosureTimeline.DUE_REASON
          + "to be "
          + DisclosureTimeline.word(disclosure.getNext());
    }
    return item.getKind() == ItemKind.BASELINE
        ? "latest of its findings"
        : item.getKnownExploited() ? "known to be exploited" : "severity";
  }

  private List<Finding> members(long asset, String item, int most) {
    List<Finding> members = new ArrayList<>();
    Member last = null;
    while (members.size() < most) {
      int limit = Math.min(500, most - members.size());
      List<Member> page = state.facts().members(asset, item, last, limit);
      for (Member member : page) {
        FindingRow row = state.facts().finding(asset, member.finding());
        if (row != null) {
          members.add(findings.decode((ByteBuffer) row.getFinding()));
        }
        last = member;
      }
      if (page.size() < limit) {
        break;
      }
    }
    return members;
  }
}
