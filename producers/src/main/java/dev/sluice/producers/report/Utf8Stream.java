package dev.sluice.producers.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Text of another charset as UTF-8 bytes, a buffer at a time. */
final class Utf8Stream extends InputStream {
  private final Reader reader;
  private final Charset charset;
  private final CharsetEncoder encoder =
      StandardCharsets.UTF_8
          .newEncoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final CharBuffer chars = CharBuffer.allocate(4096).limit(0);
  private final ByteBuffer bytes = ByteBuffer.allocate(4096 * 3 + 8).limit(0);
  private boolean ended;

  Utf8Stream(InputStream in, Charset charset) {
    this.charset = charset;
    this.reader =
        new InputStreamReader(
            in,
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  @Override
  public int read() throws IOException {
    return fill() ? bytes.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int n = Math.min(length, bytes.remaining());
    bytes.get(buffer, offset, n);
    return n;
  }

  private boolean fill() throws IOException {
    try {
      while (!bytes.hasRemaining()) {
        if (ended) {
          return false;
        }
        chars.compact();
        ended = reader.read(chars) < 0;
        chars.flip();
        bytes.clear();
        CoderResult result = encoder.encode(chars, bytes, ended);
        if (result.isError()) {
          result.throwException();
        }
        bytes.flip();
      }
      return true;
    } catch (CharacterCodingException e) {
      throw new BadInputException(
          "the text is not valid " + charset.name() + "; save the report as UTF-8", e);
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
