package dev.sluice.sinks.grouping;

import dev.sluice.events.ActionItem;
import dev.sluice.sinks.EventJson;

/** What the events of one message have in common. */
public enum GroupBy {
  ASSET {
    @Override
    public String of(ActionItem item) {
      return item.getAsset();
    }
  },
  OWNER {
    @Override
    public String of(ActionItem item) {
      return item.getOwner() == null ? "without owner" : item.getOwner();
    }
  },
  SEVERITY {
    @Override
    public String of(ActionItem item) {
      return EventJson.word(item.getSeverity());
    }
  },
  NONE {
    @Override
    public String of(ActionItem item) {
      return "";
    }
  };

  /** The group of an item, for people; empty where all are one. */
  public abstract String of(ActionItem item);
}
