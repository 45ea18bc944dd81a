package dev.sluice.streams.engine;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionItem;
import dev.sluice.events.DecisionRecord;
import dev.sluice.events.Finding;
import dev.sluice.events.ScanEvent;
import dev.sluice.events.ScanVerdict;

/** Where results go. */
public interface Outputs {
  /** Takes nothing: for judging a proposal. */
  Outputs NONE =
      new Outputs() {
        @Override
        public void finding(Finding finding) {}

        @Override
        public void decision(DecisionRecord decision) {}

        @Override
        public void item(ActionItem item) {}

        @Override
        public void event(ActionEvent event) {}

        @Override
        public void verdict(ScanVerdict verdict) {}

        @Override
        public void disclosed(ScanEvent event) {}
      };

  void finding(Finding finding);

  void decision(DecisionRecord decision);

  void item(ActionItem item);

  void event(ActionEvent event);

  void verdict(ScanVerdict verdict);

  /** Takes an event to the common topics, at the end of an embargo. */
  void disclosed(ScanEvent event);
}
