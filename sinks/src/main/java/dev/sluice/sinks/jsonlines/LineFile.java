package dev.sluice.sinks.jsonlines;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of lines that is never left with half a line, and in which an event is not written twice.
 * It remembers more of its last lines than a runner can have unrecorded, so a repeat after a crash
 * is recognised. Thread safe; concurrent writers share one fsync.
 */
final class LineFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LineFile.class);

  /** Twice what the runner leaves unrecorded at most, with its widest concurrency. */
  static final int REMEMBERED = 4_000;

  private final JsonLinesSettings settings;
  private final FileChannel lockFile;
  private final Object forcing = new Object();
  private final Deque<String> recentOrder = new ArrayDeque<>();
  private final Set<String> recent = new HashSet<>();
  private FileChannel channel;
  private long size;
  private long written;
  private volatile long forced;

  private LineFile(JsonLinesSettings settings, FileChannel lockFile) {
    this.settings = settings;
    this.lockFile = lockFile;
  }

  /** Opens the file, repairs its last line and reads its last ids. */
  static LineFile open(JsonLinesSettings settings) throws IOException {
    Path path = settings.path().toAbsolutePath();
    Files.createDirectories(path.getParent());
    FileChannel lockFile =
        FileChannel.open(
            path.resolveSibling(path.getFileName() + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    try {
      lock(lockFile, path);
      LineFile file = new LineFile(settings, lockFile);
      long cut = LineTail.repair(path);
      if (cut > 0) {
        LOG.atWarn()
            .addKeyValue("file", path)
            .addKeyValue("bytes", cut)
            .log("Removed half a line that a crash had left; its event is sent again");
      }
      List<Path> newestFirst = RotatedFiles.newestFirst(path);
      LineTail.lastIds(newestFirst, REMEMBERED).forEach(file::remember);
      file.openChannel();
      return file;
    } catch (IOException | RuntimeException e) {
      lockFile.close();
      throw e;
    }
  }

  private static void lock(FileChannel lockFile, Path path) throws IOException {
    FileLock lock;
    try {
      lock = lockFile.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw new IOException("another sink or process writes " + path + "; give each its own file");
    }
  }

  /** Appends a line unless this event was written before. */
  void append(String id, byte[] line) throws IOException {
    long mine;
    synchronized (this) {
      if (!recent.contains(id)) {
        write(line);
        remember(id);
        written++;
      }
      // A repeat waits too: the first attempt may have written and failed to force.
      mine = written;
    }
    if (settings.sync() == JsonLinesSettings.Sync.ALWAYS) {
      force(mine);
    }
  }

  @Override
  public synchronized void close() {
    try {
      if (channel != null) {
        channel.force(true);
        channel.close();
      }
      lockFile.close();
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("file", settings.path())
          .addKeyValue("error", e.getMessage())
          .log("A file closed badly");
    }
  }

  private void write(byte[] line) throws IOException {
    if (!channel.isOpen()) {
      reopen();
    }
    if (settings.rotateBytes() > 0 && size > 0 && size + line.length >= settings.rotateBytes()) {
      rotate();
    }
    ByteBuffer buffer = ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      size += line.length + 1;
    } catch (IOException e) {
      // A full disk leaves half a line, an interrupt perhaps a whole one: it was not delivered.
      reopen();
      throw e;
    }
  }

  /** Whoever comes first forces for all that have written by then. */
  private void force(long mine) throws IOException {
    if (forced >= mine) {
      return;
    }
    synchronized (forcing) {
      if (forced >= mine) {
        return;
      }
      FileChannel current;
      long upTo;
      synchronized (this) {
        current = channel;
        upTo = written;
      }
      try {
        current.force(false);
        forced = Math.max(forced, upTo);
      } catch (ClosedChannelException e) {
        // A rotation forced and closed it meanwhile; anything else is a failure.
        if (forced < mine) {
          throw e;
        }
      }
    }
  }

  private void reopen() throws IOException {
    long whole = size;
    channel.close();
    openChannel();
    channel.truncate(whole);
    size = whole;
  }

  private void rotate() throws IOException {
    channel.force(true);
    forced = written;
    Path path = settings.path().toAbsolutePath();
    Files.move(path, RotatedFiles.next(path), StandardCopyOption.ATOMIC_MOVE);
    FileChannel full = channel;
    openChannel();
    full.close();
    RotatedFiles.prune(path, settings.keepFiles());
  }

  private void openChannel() throws IOException {
    channel =
        FileChannel.open(
            settings.path(),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND);
    size = channel.size();
  }

  private void remember(String id) {
    if (recent.add(id)) {
      recentOrder.addLast(id);
      if (recentOrder.size() > REMEMBERED) {
        recent.remove(recentOrder.removeFirst());
      }
    }
  }
}
