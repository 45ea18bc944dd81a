package dev.sluice.producers.format.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.producers.report.BadInputException;
import dev.sluice.producers.report.Report;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads one JSON document field by field. Every method stands on a value and leaves the cursor at
 * its end; a value that nobody asks for is skipped. A wrong type is a warning and reads as null;
 * {@link #list} and {@link #structure} refuse the report instead, because taking a broken list for
 * an empty one would make a broken report look clean.
 */
public final class JsonCursor {
  /** Deepest nesting. Real reports stay below 30. */
  public static final int MAX_DEPTH = 200;

  /**
   * Longest string that is read, in characters; longer ones are skipped where nobody reads them.
   */
  public static final int MAX_STRING = 4 * 1024 * 1024;

  private static final ReportJson JSON = new ReportJson();

  private final ReportParser parser;
  private final Warnings warnings;
  private final String reportName;
  private final SeenNames seen = new SeenNames(MAX_DEPTH);
  private int depth;
  private boolean checkingEverything;

  private JsonCursor(ReportParser parser, Warnings warnings, String reportName) {
    this.parser = parser;
    this.warnings = warnings;
    this.reportName = reportName;
  }

  /** Takes the value the cursor stands on, or leaves it to be skipped. */
  public interface Body {
    void read(JsonCursor json) throws IOException, UnreadableReportException;
  }

  /** Takes the value of a field, or leaves it to be skipped. */
  public interface Field {
    void read(String name) throws IOException, UnreadableReportException;
  }

  /** Takes one element, or leaves it to be skipped. */
  public interface Item {
    void read() throws IOException, UnreadableReportException;
  }

  /** Reads the one document of a report from its first to its last byte. */
  public static void document(Report report, Warnings warnings, Body body)
      throws IOException, UnreadableReportException {
    read(report, warnings, false, body);
  }

  /** Reads a report that is a sequence of documents, one after the other; it may have none. */
  public static void documents(Report report, Warnings warnings, Body body)
      throws IOException, UnreadableReportException {
    read(report, warnings, true, body);
  }

  /**
   * Reads what is needed of a report before {@link #document} reads it for good. Here {@link
   * #skipUnchecked} may be used on what is read then. If the reading fails, it is repeated with
   * every value checked, so that the error is the true one.
   */
  public static void preview(Report report, Warnings warnings, Body body)
      throws IOException, UnreadableReportException {
    try {
      read(report, warnings, false, body);
    } catch (UnreadableReportException e) {
      warnings.mute(true);
      read(report, warnings, false, json -> body.read(json.checkingEverything()));
      throw e;
    }
  }

  private static void read(Report report, Warnings warnings, boolean several, Body body)
      throws IOException, UnreadableReportException {
    try (InputStream in = report.open();
        ReportParser parser = JSON.parser(in)) {
      JsonCursor cursor = new JsonCursor(parser, warnings, report.name());
      JsonToken token = parser.nextToken();
      if (token == null && !several) {
        throw new UnreadableReportException(
            report.name() + ": is empty; check that the scanner ran to its end");
      }
      while (token != null) {
        body.read(cursor);
        cursor.skip();
        token = parser.nextToken();
        if (token != null && !several) {
          throw cursor.unreadable(
              "more text after the end of the report; keep one report a"
                  + " file, and redirect only the scanner's standard output into it");
        }
      }
    } catch (JacksonException e) {
      throw JsonProblem.describe(report.name(), e);
    } catch (BadInputException e) {
      throw new UnreadableReportException(report.name() + ": " + e.getMessage(), e);
    }
  }

  /** Reads an object; a wrong type is a warning, null and absent are the same. */
  public void object(Field field) throws IOException, UnreadableReportException {
    if (isStart(JsonToken.START_OBJECT, "an object")) {
      fields(field);
    }
  }

  /** Reads an object without which the report means nothing: any other type refuses the report. */
  public void structure(Field field) throws IOException, UnreadableReportException {
    if (!parser.hasToken(JsonToken.START_OBJECT)) {
      throw unreadable("expected an object, found " + found());
    }
    fields(field);
  }

  private void fields(Field field) throws IOException, UnreadableReportException {
    seen.enter(depth++);
    String name;
    while ((name = parser.nextFieldName()) != null) {
      parser.nextToken();
      if (seen.repeated(depth - 1, name)) {
        warn("the field is there more than once; the last one counts");
      }
      field.read(name);
      skip();
    }
    depth--;
  }

  /** Reads an array of anything; a wrong type is a warning. */
  public void array(Item item) throws IOException, UnreadableReportException {
    if (isStart(JsonToken.START_ARRAY, "an array")) {
      items(item);
    }
  }

  /** Reads an array without which the report means nothing: a wrong type refuses the report. */
  public void list(Item item) throws IOException, UnreadableReportException {
    if (parser.hasToken(JsonToken.VALUE_NULL)) {
      return;
    }
    if (!parser.hasToken(JsonToken.START_ARRAY)) {
      throw unreadable("expected an array, found " + found());
    }
    items(item);
  }

  private void items(Item item) throws IOException, UnreadableReportException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      item.read();
      skip();
    }
  }

  /** Reads an array of objects; elements of another type are a warning each. */
  public void objects(Item item) throws IOException, UnreadableReportException {
    array(() -> whereObject(item));
  }

  /** As {@link #list}, of objects. */
  public void records(Item item) throws IOException, UnreadableReportException {
    list(() -> whereObject(item));
  }

  private void whereObject(Item item) throws IOException, UnreadableReportException {
    if (isStart(JsonToken.START_OBJECT, "an object")) {
      item.read();
    }
  }

  /** A string; null where it is null or of a wrong type. A number is taken with a warning. */
  public String text() throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    if (token.isNumeric() || token.isBoolean()) {
      warn("expected a string, found " + found());
      return parser.getText();
    }
    return wrong("a string");
  }

  /** A string, number or boolean as text, for fields that come as either. */
  public String scalar() throws IOException {
    JsonToken token = parser.currentToken();
    return token.isScalarValue() && token != JsonToken.VALUE_NULL
        ? parser.getText()
        : wrong("a single value");
  }

  /** An integer, also one written as a string; null where it is none or does not fit. */
  public Integer integer() throws IOException {
    Double number = number();
    if (number == null) {
      return null;
    }
    if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
      warn("not an integer of 32 bits");
      return null;
    }
    return number.intValue();
  }

  /** A number, also one written as a string; null where it is none or is infinite. */
  public Double number() throws IOException {
    JsonToken token = parser.currentToken();
    if (!token.isNumeric() && token != JsonToken.VALUE_STRING) {
      return wrong("a number");
    }
    Double value = Numbers.parse(parser.getText());
    if (value == null) {
      warn("not a number that can be used");
    }
    return value;
  }

  /** A boolean; null where it is none. */
  public Boolean bool() throws IOException {
    JsonToken token = parser.currentToken();
    return token.isBoolean() ? Boolean.valueOf(parser.getBooleanValue()) : wrongBoolean();
  }

  private Boolean wrongBoolean() {
    wrong("true or false");
    return null;
  }

  public boolean isNull() {
    return parser.hasToken(JsonToken.VALUE_NULL);
  }

  public boolean isObject() {
    return parser.hasToken(JsonToken.START_OBJECT);
  }

  public boolean isArray() {
    return parser.hasToken(JsonToken.START_ARRAY);
  }

  public boolean isText() {
    return parser.hasToken(JsonToken.VALUE_STRING);
  }

  /** Passes over the rest of the value the cursor stands on. */
  public void skip() throws IOException {
    parser.skipChildren();
  }

  /**
   * As {@link #skip}, and much faster, but only counts brackets: what is wrong in between goes
   * unseen or shows as an error in a wrong place. For a value that another reading of the same
   * report reads in full.
   */
  public void skipUnchecked() throws IOException {
    if (checkingEverything) {
      skip();
    } else {
      parser.skipUnchecked();
    }
  }

  private JsonCursor checkingEverything() {
    checkingEverything = true;
    return this;
  }

  /** Warns about the value the cursor stands on. */
  public void warn(String reason) {
    warnings.add(path(), reason);
  }

  /** Warns about a field of the object the cursor has just read. */
  public void warnField(String name, String reason) {
    warnings.add(path() + "." + name, reason);
  }

  /** JSON path of the value the cursor stands on. */
  public String path() {
    return JsonProblem.path(parser.getParsingContext());
  }

  /** The report cannot be used because of the value the cursor stands on. */
  public UnreadableReportException unreadable(String reason) {
    return new UnreadableReportException(
        reportName
            + ": "
            + JsonProblem.place(parser.currentTokenLocation())
            + " ("
            + path()
            + "): "
            + reason);
  }

  private boolean isStart(JsonToken start, String expected) {
    if (parser.hasToken(start)) {
      return true;
    }
    wrong(expected);
    return false;
  }

  private <T> T wrong(String expected) {
    if (!parser.hasToken(JsonToken.VALUE_NULL)) {
      warn("expected " + expected + ", found " + found());
    }
    return null;
  }

  private String found() {
    return switch (parser.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      default -> "something else";
    };
  }
}
