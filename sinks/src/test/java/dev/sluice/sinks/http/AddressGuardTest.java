package dev.sluice.sinks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressGuardTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.8.9.1",
        "::1",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "100.127.0.1",
        "fd00::1",
        "169.254.169.254",
        "fe80::1",
        "0.0.0.0",
        "0.1.2.3",
        "224.0.0.1",
        "ff02::1",
        "255.255.255.255",
        "240.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "2002:7f00:1::",
        "::10.0.0.1",
        "::",
        "2001:db8::1"
      })
  void refusesWhatIsNotPublic(String address) throws Exception {
    AddressGuard guard = guard(false, false);
    assertThat(guard.refusal(InetAddress.getByName(address))).as(address).isPresent();
    assertThatThrownBy(() -> guard.resolve(address)).isInstanceOf(RefusedAddressException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "172.32.0.1",
        "172.15.0.1",
        "100.128.0.1",
        "11.0.0.1",
        "192.169.0.1",
        "2606:4700::1111",
        "64:ff9b::808:808"
      })
  void reachesWhatIsPublic(String address) throws Exception {
    assertThat(guard(false, false).resolve(address)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.1.2.3", "fd00::1", "100.64.0.1", "192.168.1.1"})
  void reachesPrivateNetworksWhereAllowed(String address) throws Exception {
    assertThat(guard(true, false).resolve(address)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"169.254.169.254", "fe80::1", "0.0.0.0", "224.0.0.1", "240.0.0.1"})
  void neverReachesWhereCloudsKeepCredentials(String address) {
    assertThatThrownBy(() -> guard(true, true).resolve(address))
        .hasMessageContaining("never reached");
  }

  @Test
  void allowingPrivateNetworksDoesNotAllowThisMachine() {
    assertThatThrownBy(() -> guard(true, false).resolve("127.0.0.1"))
        .hasMessageContaining("set allow-loopback");
  }

  @Test
  void handsOutOnlyTheAllowedOfSeveralAddresses() throws Exception {
    DnsResolver mixed = names("10.0.0.1", "8.8.8.8");
    assertThat(new AddressGuard(false, false, mixed).resolve("mixed.example.org"))
        .containsExactly(InetAddress.getByName("8.8.8.8"));
  }

  @Test
  void aPublicNameWithAPrivateAddressIsRefused() {
    AddressGuard guard = new AddressGuard(false, false, names("192.168.0.7"));
    assertThatThrownBy(() -> guard.resolve("rebound.example.org"))
        .isInstanceOf(RefusedAddressException.class)
        .hasMessage(
            "rebound.example.org is in a private network; set allow-private if that is meant");
  }

  private static AddressGuard guard(boolean allowPrivate, boolean allowLoopback) {
    return new AddressGuard(allowPrivate, allowLoopback, SystemDefaultDnsResolver.INSTANCE);
  }

  private static DnsResolver names(String... addresses) {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] all = new InetAddress[addresses.length];
        for (int i = 0; i < all.length; i++) {
          all[i] = InetAddress.getByName(addresses[i]);
        }
        return all;
      }

      @Override
      public String resolveCanonicalHostname(String host) {
        return host;
      }
    };
  }
}
