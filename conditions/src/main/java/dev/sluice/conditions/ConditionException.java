package dev.sluice.conditions;

/** A condition that cannot be used: where, why, and what to do about it. */
public final class ConditionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;
  private final String reason;
  private final String remedy;

  ConditionException(int line, int column, String reason, String remedy) {
    super("line " + line + ", column " + column + ": " + reason + " " + remedy);
    this.line = line;
    this.column = column;
    this.reason = reason;
    this.remedy = remedy;
  }

  /** Line in the condition, counted from 1. */
  public int line() {
    return line;
  }

  /** Column in the line, counted from 1. */
  public int column() {
    return column;
  }

  /** What is wrong, as a sentence. */
  public String reason() {
    return reason;
  }

  /** What to do, as a sentence. */
  public String remedy() {
    return remedy;
  }
}
