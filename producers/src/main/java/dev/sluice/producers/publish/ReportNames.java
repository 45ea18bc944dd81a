package dev.sluice.producers.publish;

/** Names of reports for people: in events, answers and logs. */
public final class ReportNames {
  private static final int MAX_LENGTH = 200;

  private ReportNames() {}

  /** Without directories, at most 200 characters, and nothing that would break a line of a log. */
  public static String plain(String reported) {
    String name = reported == null ? "" : reported.strip();
    name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    name = name.replaceAll("\\p{Cntrl}", "?");
    if (name.isBlank()) {
      return "report";
    }
    return name.length() <= MAX_LENGTH ? name : name.substring(0, MAX_LENGTH);
  }
}
