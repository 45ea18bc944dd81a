package dev.sluice.producers.format.json;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Jackson's parser with short cuts for what scanners write most: strings of plain ASCII. Whatever
 * is not plain, not in the buffer or not valid is left to Jackson, so that errors are its own.
 */
final class ReportParser extends UTF8StreamJsonParser {
  /** What a byte outside of strings is to somebody who only counts brackets. */
  private static final byte[] BRACKETS = new byte[256];

  private static final byte QUOTE = 1;
  private static final byte OPEN = 2;
  private static final byte CLOSE = 3;
  private static final byte LINE = 4;

  static {
    BRACKETS['"'] = QUOTE;
    BRACKETS['{'] = OPEN;
    BRACKETS['['] = OPEN;
    BRACKETS['}'] = CLOSE;
    BRACKETS[']'] = CLOSE;
    BRACKETS['\n'] = LINE;
  }

  /** The character that a backslash and this one stand for; 0 if it takes more to tell. */
  private static final byte[] ESCAPES = new byte[128];

  static {
    String from = "\"\\/bfnrt";
    String to = "\"\\/\b\f\n\r\t";
    for (int i = 0; i < from.length(); i++) {
      ESCAPES[from.charAt(i)] = (byte) to.charAt(i);
    }
  }

  private byte[] unescaped = new byte[1024];

  ReportParser(
      IOContext context,
      int features,
      InputStream in,
      ByteQuadsCanonicalizer names,
      byte[] buffer) {
    super(context, features, in, null, names, buffer, 0, 0, 0, false);
  }

  @Override
  public String getText() throws IOException {
    if (_tokenIncomplete && _currToken == JsonToken.VALUE_STRING) {
      String text = plainText();
      if (text != null) {
        _tokenIncomplete = false;
        _textBuffer.resetWithString(text);
        return text;
      }
    }
    return super.getText();
  }

  /** The string that begins here if it is ASCII and lies in the buffer; else nothing has moved. */
  private String plainText() {
    byte[] bytes = _inputBuffer;
    int start = _inputPtr;
    int end = PlainText.end(bytes, start, _inputEnd);
    if (end < _inputEnd && bytes[end] == '"') {
      _inputPtr = end + 1;
      return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }
    int length = 0;
    while (end + 6 < _inputEnd && bytes[end] == '\\') {
      length = append(bytes, start, end, length);
      int next = bytes[end + 1];
      int meant = next < 0 ? 0 : ESCAPES[next];
      start = end + 2;
      if (meant == 0) {
        meant = next == 'u' ? ascii(bytes, end + 2) : -1;
        start = end + 6;
        if (meant < 0) {
          return null;
        }
      }
      unescaped[length++] = (byte) meant;
      end = PlainText.end(bytes, start, _inputEnd);
      if (end < _inputEnd && bytes[end] == '"') {
        length = append(bytes, start, end, length);
        _inputPtr = end + 1;
        return new String(unescaped, 0, length, StandardCharsets.ISO_8859_1);
      }
    }
    return null;
  }

  /** Copies a piece behind what is unescaped so far, and leaves room for one more byte. */
  private int append(byte[] bytes, int start, int end, int length) {
    int needed = length + end - start + 1;
    if (needed > unescaped.length) {
      unescaped = java.util.Arrays.copyOf(unescaped, Math.max(needed, 2 * unescaped.length));
    }
    System.arraycopy(bytes, start, unescaped, length, end - start);
    return needed - 1;
  }

  /** The character of four hexadecimal digits if it is ASCII; else -1. */
  private static int ascii(byte[] bytes, int at) {
    if (bytes[at] != '0' || bytes[at + 1] != '0') {
      return -1;
    }
    int high = Character.digit(bytes[at + 2], 16);
    int low = Character.digit(bytes[at + 3], 16);
    return high < 0 || high > 7 || low < 0 ? -1 : high * 16 + low;
  }

  @Override
  protected void _skipString() throws IOException {
    byte[] bytes = _inputBuffer;
    int end = PlainText.end(bytes, _inputPtr, _inputEnd);
    while (end + 1 < _inputEnd && bytes[end] == '\\') {
      int next = bytes[end + 1];
      if (next < 0 || ESCAPES[next] == 0) {
        break;
      }
      end = PlainText.end(bytes, end + 2, _inputEnd);
    }
    if (end < _inputEnd && bytes[end] == '"') {
      _tokenIncomplete = false;
      _inputPtr = end + 1;
      return;
    }
    _inputPtr = end;
    super._skipString();
  }

  /**
   * Passes over the rest of an array or object by counting brackets, and stands on its end. What is
   * wrong in between goes unseen, or shows as an error in a wrong place.
   */
  void skipUnchecked() throws IOException {
    if (_currToken != JsonToken.START_ARRAY && _currToken != JsonToken.START_OBJECT) {
      return;
    }
    int depth = 1;
    do {
      int i = _inputPtr;
      while (i < _inputEnd) {
        byte kind = BRACKETS[_inputBuffer[i] & 0xff];
        if (kind == 0) {
          i += PlainText.isIndent(_inputBuffer, i, _inputEnd) ? 8 : 1;
        } else if (kind == QUOTE) {
          _inputPtr = i + 1;
          _skipString();
          i = _inputPtr;
        } else if (kind == LINE) {
          i++;
          _currInputRow++;
          _currInputRowStart = i;
        } else if (kind == OPEN) {
          i++;
          depth++;
        } else if (--depth == 0) {
          _inputPtr = i;
          nextToken();
          return;
        } else {
          i++;
        }
      }
      _inputPtr = _inputEnd;
    } while (_loadMore());
    nextToken();
  }
}
