package dev.sluice.app.feed;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** All JSON files of a zip archive, one after the other with a line break between them. */
final class ZippedRecords extends InputStream {
  private final ZipInputStream zip;
  private boolean open;
  private boolean ended;

  ZippedRecords(InputStream archive) {
    zip = new ZipInputStream(archive);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int read = read(one, 0, 1);
    return read < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      int read = open ? zip.read(bytes, from, length) : -1;
      if (read > 0) {
        return read;
      }
      boolean between = open;
      next();
      if (between && open) {
        bytes[from] = '\n';
        return 1;
      }
    }
    return -1;
  }

  private void next() throws IOException {
    open = false;
    ZipEntry entry = zip.getNextEntry();
    while (entry != null && (entry.isDirectory() || !entry.getName().endsWith(".json"))) {
      entry = zip.getNextEntry();
    }
    open = entry != null;
    ended = entry == null;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
