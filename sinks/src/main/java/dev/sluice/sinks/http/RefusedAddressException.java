package dev.sluice.sinks.http;

import java.net.UnknownHostException;

/** A name resolves to nothing but addresses that may not be reached. */
public final class RefusedAddressException extends UnknownHostException {
  private static final long serialVersionUID = 1L;

  RefusedAddressException(String message) {
    super(message);
  }
}
