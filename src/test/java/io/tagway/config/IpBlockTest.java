package io.tagway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpBlockTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "10.1.2.3/8, 10.9.9.9, true",
    "192.168.4.0/22, 192.168.7.255, true",
    "192.168.4.0/22, 192.168.8.0, false",
    "192.168.1.1, 192.168.1.1, true",
    "192.168.1.1, 192.168.1.2, false",
    "192.168.1.1/32, 192.168.1.2, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "::/0, 2001:db8::1, true",
    "::/0, 10.0.0.1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "2001:db8::1, 2001:db8::1, true",
    "2001:db8::1, 2001:db8::2, false",
    "::ffff:10.0.0.0/104, 10.1.1.1, true",
    "::ffff:10.0.0.0/104, 11.1.1.1, false",
    "::ffff:10.0.0.1, 10.0.0.1, true",
  })
  void holdsAddresses(String block, String address, boolean inside) throws UnknownHostException {
    assertEquals(inside, only(block).network().contains(InetAddress.getByName(address)));
  }

  @Test
  void severalHaveCommasBetweenThem() {
    assertEquals(
        List.of("10.0.0.0/8", "192.168.1.1", "::1"),
        IpBlock.list("10.0.0.0/8, 192.168.1.1 ,::1")
            .map(list -> list.stream().map(IpBlock::text).toList())
            .orElse(List.of(), bad -> {}));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0/8",
        "10.0.0.0/-1",
        "::/129",
        "::ffff:10.0.0.0/95",
        "lb.example.com",
        "10.0.0.0/8,",
        "10.0.0.0/8 192.168.0.0/16",
        "010.0.0.1",
      })
  void refuses(String text) {
    assertInstanceOf(Reading.Unfit.class, IpBlock.list(text));
  }

  private static IpBlock only(String text) {
    return IpBlock.list(text)
        .orElse(
            List.of(),
            bad -> {
              throw new AssertionError(bad.reason());
            })
        .get(0);
  }
}
