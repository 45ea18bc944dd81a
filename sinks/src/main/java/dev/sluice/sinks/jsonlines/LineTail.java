package dev.sluice.sinks.jsonlines;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The end of a file of lines, as a crash may have left it. */
final class LineTail {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int BLOCK = 1 << 16;

  private LineTail() {}

  /**
   * Makes the file end with a whole line. A last line that is whole but for its line end gets one;
   * half a line is cut off.
   *
   * @return bytes that were cut off
   */
  static long repair(Path path) throws IOException {
    if (!Files.exists(path)) {
      return 0;
    }
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long size = file.size();
      if (size == 0 || byteAt(file, size - 1) == '\n') {
        return 0;
      }
      long start = startOfLastLine(file, size);
      byte[] last = read(file, start, (int) Math.min(size - start, Integer.MAX_VALUE - 8));
      if (isWhole(last)) {
        file.write(ByteBuffer.wrap(new byte[] {'\n'}), size);
        file.force(true);
        return 0;
      }
      file.truncate(start);
      file.force(true);
      return size - start;
    }
  }

  /**
   * Event ids of the last lines of several files, oldest first.
   *
   * @param newestFirst files, the one written last at first
   * @param count how many at most
   */
  static List<String> lastIds(List<Path> newestFirst, int count) throws IOException {
    List<String> ids = new ArrayList<>();
    for (Path path : newestFirst) {
      if (ids.size() >= count) {
        break;
      }
      collect(path, count, ids);
    }
    Collections.reverse(ids);
    return ids;
  }

  private static void collect(Path path, int count, List<String> ids) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long end = file.length();
      byte[] rest = new byte[0];
      while (end > 0 && ids.size() < count) {
        int length = (int) Math.min(BLOCK, end);
        byte[] block = new byte[length + rest.length];
        file.seek(end - length);
        file.readFully(block, 0, length);
        System.arraycopy(rest, 0, block, length, rest.length);
        end -= length;
        int to = block.length;
        for (int i = block.length - 2; i >= 0 && ids.size() < count; i--) {
          if (block[i] == '\n') {
            addId(block, i + 1, to, ids);
            to = i + 1;
          }
        }
        rest = java.util.Arrays.copyOf(block, to);
      }
      if (end == 0 && ids.size() < count) {
        addId(rest, 0, rest.length, ids);
      }
    }
  }

  private static void addId(byte[] block, int from, int to, List<String> ids) {
    try (JsonParser json = FACTORY.createParser(block, from, to - from)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (name.equals("id") && value == JsonToken.VALUE_STRING) {
          ids.add(json.getText());
          return;
        }
        json.skipChildren();
      }
    } catch (IOException e) {
      // A line that is not ours says nothing about our events.
      return;
    }
  }

  private static boolean isWhole(byte[] line) {
    try (JsonParser json = FACTORY.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      json.skipChildren();
      return json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  private static long startOfLastLine(FileChannel file, long size) throws IOException {
    long end = size;
    while (end > 0) {
      int length = (int) Math.min(BLOCK, end);
      byte[] block = read(file, end - length, length);
      for (int i = length - 1; i >= 0; i--) {
        if (block[i] == '\n') {
          return end - length + i + 1;
        }
      }
      end -= length;
    }
    return 0;
  }

  private static byte byteAt(FileChannel file, long position) throws IOException {
    return read(file, position, 1)[0];
  }

  private static byte[] read(FileChannel file, long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining() && file.read(buffer, position + buffer.position()) >= 0) {
      continue;
    }
    return buffer.array();
  }
}
