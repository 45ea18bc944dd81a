package dev.sluice.embedded.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** The two ports of the broker on loopback. */
record Ports(int broker, int controller) {

  /**
   * Takes the given ports or finds free ones. A free one may be taken by somebody else before Kafka
   * binds it, so whoever asks for chosen ports must be ready to try again.
   *
   * @throws EmbeddedBrokerException if a given port is in use
   */
  static Ports choose(BrokerOptions options) {
    try (ServerSocket broker = bind("port", options.port());
        ServerSocket controller = bind("controller port", options.controllerPort())) {
      return new Ports(broker.getLocalPort(), controller.getLocalPort());
    } catch (IOException e) {
      throw new EmbeddedBrokerException("cannot release a port on 127.0.0.1: " + e.getMessage(), e);
    }
  }

  static boolean chosen(BrokerOptions options) {
    return options.port() == 0 || options.controllerPort() == 0;
  }

  private static ServerSocket bind(String name, int port) {
    try {
      return new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    } catch (IOException e) {
      throw new EmbeddedBrokerException(
          "cannot listen on 127.0.0.1:"
              + port
              + " ("
              + name
              + "): "
              + e.getMessage()
              + "; stop what uses the port or choose another, 0 for any free one",
          e);
    }
  }
}
