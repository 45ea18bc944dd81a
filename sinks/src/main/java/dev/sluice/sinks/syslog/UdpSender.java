package dev.sluice.sinks.syslog;

import dev.sluice.sinks.http.AddressGuard;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;

/** One datagram for each message (RFC 5426). Nobody says what arrives. */
final class UdpSender implements SyslogSender {
  private final SyslogSettings settings;
  private final AddressGuard guard;

  UdpSender(SyslogSettings settings, AddressGuard guard) {
    this.settings = settings;
    this.guard = guard;
  }

  @Override
  public void send(byte[] message) throws IOException {
    InetAddress address = guard.resolve(settings.host())[0];
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(new DatagramPacket(message, message.length, address, settings.portOrUsual()));
    }
  }
}
