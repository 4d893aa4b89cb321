package io.tagway.proxy.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortKeyTest {
  private static InetAddress address(String literal) {
    return NetUtil.createInetAddressFromIpAddressString(literal);
  }

  @ParameterizedTest
  @CsvSource({
    ":5432,,5432",
    "10.0.0.1:80,10.0.0.1,80",
    "[::1]:6000,::1,6000",
    "[2001:db8::1]:65535,2001:db8::1,65535"
  })
  void readsPortsWithAndWithoutAddress(String key, String address, int port) {
    Optional<InetAddress> expected =
        address == null ? Optional.empty() : Optional.of(address(address));
    assertEquals(Optional.of(new PortKey(key, expected, port)), PortKey.of(key));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":0",
        ":65536",
        ":99999999999",
        ":-1",
        ":+1",
        ":1a",
        "example.com:80",
        "::1",
        "::1:6000",
        "[10.0.0.1]:80",
        "[::1]",
        "[::1]:",
        "10.0.0:80",
        "[:5",
        "*.example.com:80"
      })
  void nothingElseIsAPort(String key) {
    assertEquals(Optional.empty(), PortKey.of(key));
  }

  @Test
  void aTableWantsPortsWhoseTargetsAreAllTcp() {
    WantedPorts wanted =
        WantedPorts.of(
            TestTables.of(
                "route add a :5000 tcp://10.0.0.1:1",
                "route add b :5001 tcp://10.0.0.1:1",
                "route add b :5001 http://10.0.0.1:2/",
                "route add c 127.0.0.1:5002 tcp://10.0.0.1:1",
                "route add d [::1]:5003/ tcp://10.0.0.1:1",
                "route add e example.com:5004/ tcp://10.0.0.1:1",
                "route add f example.com/ http://10.0.0.1:1/",
                "route add g 127.0.0.1:5000/ tcp://10.0.0.1:1"));
    assertEquals(Set.of(5000, 5002, 5003), wanted.ports());
    InetAddress loopback = address("127.0.0.1");
    InetAddress other = address("10.1.1.1");
    assertEquals("127.0.0.1:5000", wanted.key(loopback, 5000));
    assertEquals(":5000", wanted.key(other, 5000));
    assertEquals("127.0.0.1:5002", wanted.key(loopback, 5002));
    assertEquals("", wanted.key(other, 5002));
    assertEquals("[::1]:5003", wanted.key(address("::1"), 5003));
    assertTrue(wanted.key(loopback, 1).isEmpty());
  }
}
