package dev.sluice.producers.report;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files for what does not fit into memory: for their owner alone, and without a name. */
public final class SpoolFile {
  private SpoolFile() {}

  /**
   * A new empty file, open for reading and writing with permissions 0600, and already unlinked
   * where the system lets an open file have no name; elsewhere it is deleted when it is closed.
   */
  public static FileChannel open(Path directory) throws IOException {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] ownerOnly =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Path file = Files.createTempFile(directory, "sluice-", ".spool", ownerOnly);
    return FileChannel.open(
        file,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  /** The system's directory for temporary files. */
  public static Path defaultDirectory() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }
}
