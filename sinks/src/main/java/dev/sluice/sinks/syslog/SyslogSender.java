package dev.sluice.sinks.syslog;

import java.io.IOException;

/** Takes messages to a receiver. Several threads may send at once. */
interface SyslogSender extends AutoCloseable {

  /**
   * Sends one message.
   *
   * @throws IOException if the receiver may not have it
   */
  void send(byte[] message) throws IOException;

  @Override
  default void close() {}
}
