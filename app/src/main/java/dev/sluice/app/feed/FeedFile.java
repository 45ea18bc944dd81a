package dev.sluice.app.feed;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.ExitCode;
import dev.sluice.streams.knowledge.FeedDocument;
import dev.sluice.streams.knowledge.FeedLoader;
import dev.sluice.streams.knowledge.FeedResult;
import dev.sluice.streams.rules.document.DocumentException;
import dev.sluice.streams.rules.intel.IntelFormat;
import dev.sluice.streams.rules.intel.IntelFormats;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A feed on disk, plain, gzip or a zip of JSON records. */
public final class FeedFile {
  /** The largest feed, NVD in full, is some 2 GB. */
  private static final long LARGEST = 8L << 30;

  private FeedFile() {}

  /**
   * Opens a feed and recognises its format.
   *
   * @param format id of its format; null to recognise it
   * @throws CommandFailure if it cannot be read, or is no feed
   */
  public static FeedDocument open(Path file, String format) {
    IntelFormat reader = format == null ? recognise(file) : byId(format);
    return new FeedDocument(reader, () -> bytes(file));
  }

  /**
   * Loads a feed.
   *
   * @param format id of its format; null to recognise it
   * @param believeLoss whether to load it even if it lost many of its entries
   * @throws CommandFailure if it cannot be read, or is no feed; names the place
   * @throws dev.sluice.streams.knowledge.FeedRefusedException if it lost too many of its entries
   */
  public static FeedResult load(Path file, String format, boolean believeLoss, FeedLoader loader) {
    try {
      return loader.load(open(file, format), believeLoss);
    } catch (DocumentException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.UNREADABLE, file + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private static IntelFormat byId(String id) {
    return IntelFormats.byId(id)
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.USAGE,
                    "there is no feed format \"" + id + "\"; formats: " + IntelFormats.ids()));
  }

  private static IntelFormat recognise(Path file) {
    try (InputStream in = bytes(file)) {
      String head = new String(in.readNBytes(IntelFormats.HEAD), StandardCharsets.UTF_8);
      return IntelFormats.recognise(head)
          .orElseThrow(
              () ->
                  new CommandFailure(
                      ExitCode.UNREADABLE,
                      file
                          + ": is no feed that Sluice knows. Formats: "
                          + IntelFormats.ids()
                          + "; choose one with --format"));
    } catch (NoSuchFileException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": there is no such file", e);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.UNREADABLE, file + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  static InputStream bytes(Path file) throws IOException {
    BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), 64 * 1024);
    try {
      in.mark(4);
      byte[] magic = in.readNBytes(4);
      in.reset();
      if (magic.length >= 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b) {
        return new Limited(new GZIPInputStream(in, 64 * 1024));
      }
      if (magic.length == 4 && magic[0] == 'P' && magic[1] == 'K' && magic[2] == 3) {
        return new Limited(new ZippedRecords(in));
      }
      return new Limited(in);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** Ends a document that is larger than any feed: a bomb, or the wrong file. */
  private static final class Limited extends FilterInputStream {
    private long left = LARGEST;

    Limited(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = super.read(bytes, from, length);
      count(Math.max(0, read));
      return read;
    }

    private void count(long read) throws IOException {
      left -= read;
      if (left < 0) {
        throw new IOException("the feed is larger than " + (LARGEST >> 30) + " GiB");
      }
    }
  }
}
