package dev.sluice.sinks.http;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Resolves names for clients and hands out only addresses that may be reached. A client connects to
 * exactly what it is handed, so a name that resolves to another address a moment later (DNS
 * rebinding) gains nothing. Ranges are those of the IANA special-purpose registries (RFC 6890).
 */
public final class AddressGuard implements DnsResolver {
  private final boolean allowPrivate;
  private final boolean allowLoopback;
  private final DnsResolver names;

  AddressGuard(boolean allowPrivate, boolean allowLoopback, DnsResolver names) {
    this.allowPrivate = allowPrivate;
    this.allowLoopback = allowLoopback;
    this.names = names;
  }

  static AddressGuard of(HttpSettings settings) {
    return of(settings.allowPrivate(), settings.allowLoopback());
  }

  /** A guard over the system's names. */
  public static AddressGuard of(boolean allowPrivate, boolean allowLoopback) {
    return new AddressGuard(allowPrivate, allowLoopback, SystemDefaultDnsResolver.INSTANCE);
  }

  /**
   * The addresses of a name that may be reached, at least one.
   *
   * @throws RefusedAddressException if there is none; the message says why
   */
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    List<InetAddress> allowed = new ArrayList<>();
    String refusal = "has no address";
    for (InetAddress address : names.resolve(host)) {
      Optional<String> refused = refusal(address);
      if (refused.isEmpty()) {
        allowed.add(address);
      } else {
        refusal = refused.get();
      }
    }
    if (allowed.isEmpty()) {
      throw new RefusedAddressException(host + " " + refusal);
    }
    return allowed.toArray(InetAddress[]::new);
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  /** Why an address may not be reached; empty if it may. */
  Optional<String> refusal(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet6Address) {
      Optional<InetAddress> inner = embedded(bytes);
      if (inner.isPresent()) {
        return refusal(inner.get());
      }
    }
    if (address.isLoopbackAddress()) {
      return allowLoopback
          ? Optional.empty()
          : Optional.of("is this machine itself; set allow-loopback if that is meant");
    }
    if (address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || isReserved(address, bytes)) {
      return Optional.of("is link-local, multicast or reserved, which is never reached");
    }
    if (!allowPrivate && isPrivate(address, bytes)) {
      return Optional.of("is in a private network; set allow-private if that is meant");
    }
    return Optional.empty();
  }

  private static boolean isPrivate(InetAddress address, byte[] b) {
    if (address instanceof Inet4Address) {
      boolean carrierGrade = u(b[0]) == 100 && (u(b[1]) & 0xC0) == 64;
      return address.isSiteLocalAddress() || carrierGrade;
    }
    boolean uniqueLocal = (u(b[0]) & 0xFE) == 0xFC;
    return address.isSiteLocalAddress() || uniqueLocal;
  }

  private static boolean isReserved(InetAddress address, byte[] b) {
    if (address instanceof Inet6Address) {
      boolean documentation = startsWith(b, 0x20, 0x01, 0x0D, 0xB8);
      boolean discard = startsWith(b, 0x01, 0x00, 0, 0, 0, 0, 0, 0);
      return documentation || discard;
    }
    return u(b[0]) == 0
        || u(b[0]) >= 240
        || startsWith(b, 192, 0, 0)
        || startsWith(b, 192, 0, 2)
        || startsWith(b, 198, 51, 100)
        || startsWith(b, 203, 0, 113)
        || (u(b[0]) == 198 && (u(b[1]) & 0xFE) == 18);
  }

  /** The IPv4 address that a translated or tunnelled IPv6 address ends at. */
  private static Optional<InetAddress> embedded(byte[] b) {
    if (startsWith(b, 0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0)) {
      return v4(b, 12);
    }
    if (startsWith(b, 0x20, 0x02)) {
      return v4(b, 2);
    }
    if (startsWith(b, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) && (b[12] != 0 || b[13] != 0)) {
      return v4(b, 12);
    }
    return Optional.empty();
  }

  private static Optional<InetAddress> v4(byte[] b, int from) {
    try {
      return Optional.of(
          InetAddress.getByAddress(new byte[] {b[from], b[from + 1], b[from + 2], b[from + 3]}));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if (u(bytes[i]) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static int u(byte value) {
    return Byte.toUnsignedInt(value);
  }
}
