package dev.sluice.producers.format.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.IOContext;
import java.io.InputStream;

/** Makes parsers of what {@code Report.open} gives: UTF-8 without a byte order mark. */
final class ReportJson extends JsonFactory {
  private static final long serialVersionUID = 1L;

  private static final int MAX_NAME = 4_096;
  private static final int MAX_DIGITS = 10_000;

  /** Bytes read at once; a string that lies in one piece in them is made without a detour. */
  private static final int BUFFER = 32 * 1024;

  ReportJson() {
    super(
        new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(JsonCursor.MAX_DEPTH)
                    .maxStringLength(JsonCursor.MAX_STRING)
                    .maxNameLength(MAX_NAME)
                    .maxNumberLength(MAX_DIGITS)
                    .build()));
  }

  ReportParser parser(InputStream in) {
    return _createParser(in, _createContext(_createContentReference(in), false));
  }

  @Override
  protected ReportParser _createParser(InputStream in, IOContext context) {
    return new ReportParser(
        context,
        _parserFeatures,
        in,
        _byteSymbolCanonicalizer.makeChildOrPlaceholder(_factoryFeatures),
        new byte[BUFFER]);
  }
}
