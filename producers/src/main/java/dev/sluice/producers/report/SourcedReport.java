package dev.sluice.producers.report;

import java.io.IOException;
import java.io.InputStream;

/** A report over a source of original bytes. */
final class SourcedReport implements DigestingReport {
  private final String name;
  private final ByteSource source;
  private final InputLimits limits;

  SourcedReport(String name, ByteSource source, InputLimits limits) {
    this.name = name;
    this.source = source;
    this.limits = limits;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public InputStream open() throws IOException {
    return Decoding.decode(source.open(), limits);
  }

  @Override
  public void willReread() {
    source.willReread();
  }

  @Override
  public String digest() throws IOException {
    return "sha256:" + source.sha256();
  }

  @Override
  public String digestAhead() throws IOException {
    String sha256 = source.sha256Ahead();
    return sha256 == null ? null : "sha256:" + sha256;
  }

  @Override
  public long bytes() throws IOException {
    return source.bytes();
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  @Override
  public String toString() {
    return name;
  }
}
