package dev.sluice.producers.format.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.sluice.producers.report.UnreadableReportException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Says in our own words what is wrong with JSON; the parser's words may quote the report. */
final class JsonProblem {
  private static final int MAX_NAME_SHOWN = 80;
  private static final int MAX_PARTS_SHOWN = 12;

  private JsonProblem() {}

  static UnreadableReportException describe(String report, JacksonException e) {
    JsonParser parser = e.getProcessor() instanceof JsonParser p ? p : null;
    String path = parser == null ? "" : " (" + path(parser.getParsingContext()) + ")";
    return new UnreadableReportException(
        report + ": " + place(e.getLocation()) + path + ": " + reason(e));
  }

  private static String reason(JacksonException e) {
    String words = String.valueOf(e.getOriginalMessage());
    if (e instanceof JsonEOFException) {
      return "the report ends in the middle: it is cut off; write or send it again";
    }
    if (e instanceof StreamConstraintsException) {
      if (words.contains("nesting")) {
        return "nested deeper than "
            + JsonCursor.MAX_DEPTH
            + " levels; this is no scanner's report";
      }
      if (words.contains("Number")) {
        return "a number of far too many digits; this is no scanner's report";
      }
      return "a text longer than "
          + JsonCursor.MAX_STRING
          + " characters; leave source code and attachments out of the report";
    }
    if (e instanceof JsonParseException && words.contains("UTF-8")) {
      return "the bytes are not UTF-8; save the report as UTF-8";
    }
    return "not valid JSON; look for text that is no part of the report, and redirect only the"
        + " scanner's standard output into it";
  }

  static String place(JsonLocation location) {
    if (location == null) {
      return "at an unknown place";
    }
    return "line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  /** {@code $.Results[3].Vulnerabilities[7].PkgName}. */
  static String path(JsonStreamContext context) {
    Deque<String> parts = new ArrayDeque<>();
    for (JsonStreamContext c = context; c != null && !c.inRoot(); c = c.getParent()) {
      if (c.inArray()) {
        parts.addFirst("[" + Math.max(0, c.getCurrentIndex()) + "]");
      } else if (c.getCurrentName() != null) {
        parts.addFirst(name(c.getCurrentName()));
      }
      if (parts.size() > MAX_PARTS_SHOWN) {
        parts.removeLast();
      }
    }
    return "$" + String.join("", parts);
  }

  private static String name(String name) {
    String shown = name.length() > MAX_NAME_SHOWN ? name.substring(0, MAX_NAME_SHOWN) + "…" : name;
    for (int i = 0; i < shown.length(); i++) {
      char c = shown.charAt(i);
      if (!Character.isLetterOrDigit(c) && c != '_' && c != '$' && c != '-' && c != '…') {
        return "['" + shown.replaceAll("[\\p{Cntrl}']", "?") + "']";
      }
    }
    return "." + shown;
  }
}
