package dev.sluice.producers.token;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token file as a running gateway sees it: looked at for every question, read when it has
 * changed, so that a revoked token is refused from its next request on. For many threads.
 */
public final class LiveTokens {
  private static final Logger log = LoggerFactory.getLogger(LiveTokens.class);

  private final TokenFile file;
  private boolean used;
  private Stamp stamp;
  private List<IssuedToken> tokens = List.of();
  private TokenFileException broken;

  /**
   * @param path the file, which need not be there yet; null if there is none
   */
  public LiveTokens(Path path) {
    this.file = path == null ? null : new TokenFile(path);
  }

  /**
   * All tokens of the file, also those that are revoked or have expired.
   *
   * @throws TokenFileException while the file cannot be understood: then it is not known who was
   *     let in and who was not
   */
  public synchronized List<IssuedToken> all() throws TokenFileException {
    refresh();
    if (broken != null) {
      throw broken;
    }
    return tokens;
  }

  /**
   * Whether a token was ever made. From then on every request needs one: taking the last one away
   * must not open the gateway to everybody.
   */
  public synchronized boolean isUsed() {
    refresh();
    return used;
  }

  private void refresh() {
    if (file == null) {
      return;
    }
    Stamp now = Stamp.of(file.path());
    if (now.equals(stamp)) {
      return;
    }
    boolean first = stamp == null;
    stamp = now;
    try {
      tokens = file.read();
      broken = null;
      used |= !tokens.isEmpty();
      if (!first) {
        log.atInfo().addKeyValue("tokens", tokens.size()).log("The token file has changed");
      }
    } catch (TokenFileException e) {
      tokens = List.of();
      broken = e;
      used = true;
      log.atError().addKeyValue("error", e.getMessage()).log("The token file cannot be used");
    }
  }

  /** By which a change is seen; a file that is replaced is another file. */
  private record Stamp(long modified, long size, Object key) {
    static Stamp of(Path path) {
      try {
        BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
        return new Stamp(
            found.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS),
            found.size(),
            Objects.toString(found.fileKey(), ""));
      } catch (NoSuchFileException e) {
        return new Stamp(0, -1, "");
      } catch (IOException e) {
        return new Stamp(0, -2, e.getClass().getName());
      }
    }
  }
}
