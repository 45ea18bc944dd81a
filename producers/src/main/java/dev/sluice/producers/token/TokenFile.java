package dev.sluice.producers.token;

import dev.sluice.producers.token.IssuedToken.Act;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Tokens by hash, in a file of JSON lines for its owner alone: one line for each token that was
 * made or taken away, so that the file is its own record of who did what. It is only ever replaced
 * as a whole, so that a reader sees all of a change or nothing.
 */
public final class TokenFile {
  private final Path path;

  public TokenFile(Path path) {
    this.path = path.toAbsolutePath().normalize();
  }

  public Path path() {
    return path;
  }

  /**
   * Every token that was ever made, the oldest first; none if there is no file.
   *
   * @throws TokenFileException if it cannot be read or understood as a whole
   */
  public List<IssuedToken> read() throws TokenFileException {
    return tokens(lines());
  }

  /**
   * Adds a token.
   *
   * @throws TokenFileException if a live token has its name, or the file cannot be replaced
   */
  public void add(IssuedToken token) throws TokenFileException {
    change(
        known -> {
          if (isLive(known, token.name(), token.created().at())) {
            throw new TokenFileException(
                "there is a token "
                    + token.name()
                    + " already; take another name, or revoke that one first");
          }
          return TokenLine.of(token);
        });
  }

  /**
   * Takes a token away.
   *
   * @throws TokenFileException if no live token has that name, or the file cannot be replaced
   */
  public void revoke(String name, Act act) throws TokenFileException {
    change(
        known -> {
          if (!isLive(known, name, act.at())) {
            throw new TokenFileException(
                path + " has no live token " + name + "; sluice tokens list --all shows them");
          }
          return TokenLine.revoked(name, act);
        });
  }

  private interface Change {
    TokenLine of(List<IssuedToken> known) throws TokenFileException;
  }

  private void change(Change change) throws TokenFileException {
    Path lock = path.resolveSibling(path.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(
                lock,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                ownerOnly(lock));
        var held = channel.lock()) {
      List<String> lines = new ArrayList<>(lines());
      lines.add(change.of(tokens(lines)).json());
      replace(lines);
    } catch (IOException e) {
      throw new TokenFileException(
          path + ": cannot be written (" + e + "); its directory must be there and yours", e);
    }
  }

  private void replace(List<String> lines) throws IOException {
    // Behind a symbolic link the file itself is replaced, and the link stays.
    Path target = Files.exists(path) ? path.toRealPath() : path;
    Path made = Files.createTempFile(target.getParent(), ".tokens", null, ownerOnly(target));
    try {
      try (FileChannel out = FileChannel.open(made, StandardOpenOption.WRITE)) {
        String text = String.join("\n", lines) + "\n";
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(made, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(made);
    }
  }

  private List<String> lines() throws TokenFileException {
    try {
      return Files.readAllLines(path);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new TokenFileException(path + ": cannot be read (" + e + ")", e);
    }
  }

  private List<IssuedToken> tokens(List<String> lines) throws TokenFileException {
    List<IssuedToken> tokens = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      try {
        apply(TokenLine.parse(lines.get(i)), tokens);
      } catch (IllegalArgumentException e) {
        throw new TokenFileException(
            path + ", line " + (i + 1) + ": " + e.getMessage() + "; mend or remove the line", e);
      }
    }
    return tokens;
  }

  private static void apply(TokenLine line, List<IssuedToken> tokens) {
    if (TokenLine.CREATE.equals(line.act())) {
      tokens.add(line.token());
    } else if (TokenLine.REVOKE.equals(line.act())) {
      // Whatever bears the name: one that has expired meanwhile is revoked all the same.
      tokens.replaceAll(
          token ->
              token.name().equals(line.name()) && token.revoked() == null
                  ? token.revoke(line.what())
                  : token);
    } else {
      throw new IllegalArgumentException("act is neither create nor revoke");
    }
  }

  private static boolean isLive(List<IssuedToken> tokens, String name, Instant now) {
    return tokens.stream().anyMatch(token -> token.name().equals(name) && token.isLive(now));
  }

  private static FileAttribute<?>[] ownerOnly(Path path) {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
