package dev.sluice.embedded.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The broker's directory, held by one process at a time, formatted at its first use and reopened
 * with the same cluster id later.
 */
final class DataDirectory implements AutoCloseable {
  /** Kafka's own file; it is written last when formatting, so where it is, formatting was done. */
  private static final String META_PROPERTIES = "meta.properties";

  private static final String LOCK = ".sluice.lock";

  private final Path path;
  private final boolean temporary;
  private final FileChannel channel;
  private final FileLock lock;

  private DataDirectory(Path path, boolean temporary, FileChannel channel, FileLock lock) {
    this.path = path;
    this.temporary = temporary;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * @throws EmbeddedBrokerException if the directory cannot be made or written, or is in use
   */
  static DataDirectory open(BrokerOptions options) {
    try {
      if (options.directory().isEmpty()) {
        return lock(Files.createTempDirectory("sluice-broker-"), true);
      }
      Path path = options.directory().get().toAbsolutePath().normalize();
      create(path);
      return lock(path, false);
    } catch (IOException e) {
      throw new EmbeddedBrokerException(
          "cannot use data directory "
              + options.directory().map(Path::toString).orElse("below java.io.tmpdir")
              + ": "
              + e
              + "; choose a directory that this user may write",
          e);
    }
  }

  /** Findings tell where the holes are: a directory that we make is for its user alone. */
  private static void create(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return;
    }
    if (path.getParent() != null) {
      Files.createDirectories(path.getParent());
    }
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectory(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectory(path);
    }
  }

  private static DataDirectory lock(Path path, boolean temporary) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path.resolve(LOCK),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    try {
      FileLock lock = tryLock(channel);
      if (lock == null) {
        throw new EmbeddedBrokerException(
            "data directory "
                + path
                + " is in use by process "
                + holder(channel)
                + "; stop that process or choose another directory");
      }
      channel.truncate(0);
      String pid = String.valueOf(ProcessHandle.current().pid());
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
      return new DataDirectory(path, temporary, channel, lock);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(20);
    channel.read(pid, 0);
    String digits = new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII);
    return digits.matches("[0-9]+") ? digits : "unknown";
  }

  Path path() {
    return path;
  }

  /**
   * Formats the directory unless it was formatted before.
   *
   * @return the id of the cluster, the same at every start
   * @throws EmbeddedBrokerException if the directory holds what is not Kafka's
   */
  String format() {
    try {
      Path meta = path.resolve(META_PROPERTIES);
      if (Files.exists(meta)) {
        return clusterId(meta);
      }
      refuseForeignFiles();
      Formatter formatter =
          new Formatter()
              .setPrintStream(
                  new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
              .setClusterId(Uuid.randomUuid().toString())
              .setNodeId(BrokerProperties.NODE_ID)
              .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
              .addDirectory(path.toString())
              .setMetadataLogDirectory(path.toString())
              .setReleaseVersion(MetadataVersion.latestProduction())
              .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
              .setHasDynamicQuorum(false);
      formatter.run();
      return formatter.clusterId();
    } catch (EmbeddedBrokerException e) {
      throw e;
    } catch (Exception e) {
      throw new EmbeddedBrokerException(
          "cannot format data directory " + path + ": " + e.getMessage(), e);
    }
  }

  private String clusterId(Path meta) throws IOException {
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(meta)) {
      properties.load(reader);
    }
    String id = properties.getProperty("cluster.id");
    if (id == null || id.isBlank()) {
      throw new EmbeddedBrokerException(
          meta + " has no cluster.id; restore the file from a backup, or move the directory away");
    }
    return id;
  }

  /** Kafka takes every folder in its directory for a partition, and fails on one that is not. */
  private void refuseForeignFiles() throws IOException {
    try (Stream<Path> children = Files.list(path)) {
      Path foreign =
          children
              .filter(child -> !child.getFileName().toString().equals(LOCK))
              .filter(child -> !isOfFormatting(child.getFileName().toString()))
              .findFirst()
              .orElse(null);
      if (foreign != null) {
        throw new EmbeddedBrokerException(
            "data directory "
                + path
                + " is not Kafka's: it holds "
                + foreign.getFileName()
                + " and no "
                + META_PROPERTIES
                + "; choose an empty directory");
      }
    }
  }

  /** What a formatting that was interrupted leaves behind. */
  private static boolean isOfFormatting(String name) {
    return name.startsWith("bootstrap.checkpoint")
        || name.startsWith(META_PROPERTIES)
        || name.equals("__cluster_metadata-0");
  }

  /** Releases the directory, and deletes it if it is temporary. */
  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
      if (temporary) {
        delete();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void delete() throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
