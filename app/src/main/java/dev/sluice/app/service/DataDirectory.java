package dev.sluice.app.service;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.ExitCode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Where one process keeps everything.
 *
 * @param root the directory
 */
public record DataDirectory(Path root) {

  /**
   * Makes the directory if it is not there, for its owner alone.
   *
   * @throws CommandFailure if it cannot be made
   */
  public static DataDirectory open(Path root) {
    Path absolute = root.toAbsolutePath().normalize();
    try {
      if (!Files.isDirectory(absolute)) {
        Files.createDirectories(absolute, ownerOnly(absolute, "rwx------"));
      }
      if (!Files.isWritable(absolute)) {
        throw new CommandFailure(
            ExitCode.USAGE, absolute + ": may not be written; choose another with --data-dir");
      }
      return new DataDirectory(absolute);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.USAGE,
          absolute + ": cannot be made a data directory (" + e.getMessage() + ")",
          e);
    }
  }

  public Path kafka() {
    return root.resolve("kafka");
  }

  public Path streams() {
    return root.resolve("streams");
  }

  /** Tokens of the gateway, by hash; not there before the first one is made. */
  public Path tokens() {
    return root.resolve("tokens.jsonl");
  }

  /** The embedded database, as a JDBC URL; its directory is made for its owner alone. */
  public String databaseUrl() {
    Path directory = root.resolve("database");
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectory(directory, ownerOnly(directory, "rwx------"));
      }
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, directory + ": cannot be made", e);
    }
    return "jdbc:h2:file:" + directory.resolve("sluice");
  }

  /** The key under which secrets are hashed, made at first use and kept: hashes must stay equal. */
  public Path redactionKey() {
    Path file = root.resolve("redaction.key");
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    try {
      Files.createFile(file, ownerOnly(file, "rw-------"));
      Files.writeString(file, HexFormat.of().formatHex(key) + "\n", StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      return file;
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, file + ": cannot be written", e);
    }
    return file;
  }

  private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
