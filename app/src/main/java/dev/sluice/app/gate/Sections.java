package dev.sluice.app.gate;

import dev.sluice.producers.gate.GateAnswer;
import dev.sluice.producers.gate.GateFinding;
import java.util.List;
import java.util.Locale;

/** What all forms show, in the words that all of them use. */
final class Sections {
  private Sections() {}

  /** New findings that somebody must act on, and that fail nothing. */
  static List<GateFinding> news(GateAnswer answer) {
    return answer.findings().stream()
        .filter(each -> each.isNew() && !each.fails() && each.status().equals(GateFinding.OPEN))
        .toList();
  }

  /** Findings that nobody need act on, as far as they are named. */
  static List<GateFinding> withheld(GateAnswer answer) {
    return answer.findings().stream()
        .filter(each -> !each.status().equals(GateFinding.OPEN))
        .toList();
  }

  /** An enum's value as people write it. */
  static String word(String constant) {
    return constant == null ? "" : constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static String target(GateAnswer.Upgrade upgrade, GateAnswer.Line fix) {
    return upgrade.packageName() == null
        ? fix.fixedVersion()
        : upgrade.packageName() + " " + fix.fixedVersion();
  }

  /** At most so many characters, and never half of one. */
  static String cut(String text, int most) {
    if (text == null || text.codePointCount(0, text.length()) <= most) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
  }
}
