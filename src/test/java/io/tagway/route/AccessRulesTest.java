package io.tagway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRulesTest {
  private static InetAddress ip(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "allow=ip:10.0.0.0/8 10.1.2.3 true",
        "allow=ip:10.0.0.0/8 11.1.2.3 false",
        "allow=IP:10.9.9.9/8 10.1.2.3 true",
        "allow=ip:10.0.0.1 10.0.0.1 true",
        "allow=ip:10.0.0.1 10.0.0.2 false",
        "allow=ip:10.0.0.0/8 ::ffff:10.1.2.3 true",
        "allow=ip:::ffff:10.0.0.0/104 10.1.2.3 true",
        "allow=ip:0.0.0.0/0 2001:db8::1 false",
        "allow=ip:::/0 2001:db8::1 true",
        "allow=ip:::/0 10.0.0.1 false",
        "allow=ip:2001:db8::/33 2001:db8:7fff::1 true",
        "allow=ip:2001:db8::/33 2001:db8:8000::1 false",
        "allow=ip:fe80::/10,ip:1.2.3.4 1.2.3.4 true",
        "deny=ip:10.0.0.0/8 10.1.2.3 false",
        "deny=ip:10.0.0.0/8 11.1.2.3 true",
      })
  void admitsByTheBlocks(String option, String peer, boolean admitted) throws Unfit {
    AccessRules rules = AccessRules.of(Quoted.readOptions(option));
    assertEquals(admitted, rules.admits(ip(peer)));
    assertEquals(admitted, rules.admits(ip(peer), List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.0.0.2|true",
        "10.0.0.2, 10.0.0.3|true",
        "10.0.0.2, 11.0.0.3|false",
        "10.0.0.2:4711|true",
        "11.0.0.2:4711|false",
        "unknown|false",
        "_hidden|false",
        "[fe80::1%eth0]:80|true",
        "fe80::1%eth0|true",
        "fe81::1|true",
        "1.2.3|false",
        "010.0.0.1|false",
        ", ,10.0.0.1|true",
      })
  void asksEveryForwardedAddress(String line, boolean admitted) throws Unfit {
    AccessRules rules = AccessRules.of(Map.of("allow", "ip:10.0.0.0/8,ip:fe80::/10"));
    assertEquals(admitted, rules.admits(ip("10.0.0.1"), List.of(line)));
    assertEquals(admitted, rules.admits(ip("10.0.0.1"), List.of("10.0.0.9", line)));
    assertFalse(rules.admits(ip("11.0.0.1"), List.of(line)));
  }

  @Test
  void refusesForwardedAddressesThatItCannotReadWhenDenyingToo() throws Unfit {
    AccessRules rules = AccessRules.of(Map.of("deny", "ip:10.0.0.0/8"));
    assertTrue(rules.admits(ip("11.0.0.1"), List.of("12.0.0.1")));
    assertFalse(rules.admits(ip("11.0.0.1"), List.of("unknown")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "allow=10.0.0.0/8",
        "allow=",
        "deny=",
        "deny=ip:",
        "allow=ip:10.0.0.0/33",
        "allow=ip:::/129",
        "allow=ip:10.0.0/8",
        "allow=ip:localhost",
        "allow=ip:10.0.0.0/8,11.0.0.0/8",
        "allow=geo:de",
        "allow=ip:10.0.0.0/8 deny=ip:11.0.0.0/8",
        "deny=ip:fe80::1%eth0",
        "deny=ip:10.0.0.0/-1"
      })
  void rulesThatCannotBeReadRefuseEverybodyAndAreTold(String options) {
    Map<String, String> read = Quoted.readOptions(options);
    assertThrows(Unfit.class, () -> AccessRules.of(read));
    Table table = Tables.of("route add s / http://10.0.0.1/ opts \"" + options + "\"");
    Target target = table.lookup(Tables.get("h", "/"));
    assertFalse(target.access().isOpen());
    assertFalse(target.access().admits(ip("10.0.0.1")));
    assertFalse(target.access().admits(ip("10.0.0.1"), List.of()));
    assertTrue(table.problems().get(0).reason().startsWith("failed to process access rules: "));
  }

  @Test
  void noRuleIsOneSharedOpenRule() throws Unfit {
    assertSame(AccessRules.of(Map.of()), AccessRules.of(Map.of("x", "y")));
    assertTrue(AccessRules.OPEN.admits(ip("10.0.0.1"), List.of("unknown")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::",
        "::1",
        "1::",
        "1:2:3:4:5:6:7:8",
        "1::8",
        "::ffff:1.2.3.4",
        "64:ff9b::192.0.2.33",
        "1:2:3:4:5:6:1.2.3.4",
        "fe80::abcd:ef01",
        "1:2:3:4:5:6:7::",
        "::2:3:4:5:6:7:8",
        "0.0.0.0",
        "255.255.255.255",
        "1.2.3.4"
      })
  void readsAddressesAsTheJdkDoes(String literal) {
    assertEquals(IpAddress.of(ip(literal)), IpAddress.parse(literal));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "12345::",
        "g::",
        "::1.2.3",
        "1.2.3.4::",
        "::1.2.3.4:5",
        "1.2.3.4.5",
        "256.1.1.1",
        "1.2.3.-4",
        "01.2.3.4",
        "1.2.3.4 ",
        "١.2.3.4",
        "::1%eth0",
        "1:2:3:4:5:6:7:1.2.3.4",
        ":1::2",
        "1:2:3:4:5:6:7:"
      })
  void refusesWhatIsNoAddress(String text) {
    assertNull(IpAddress.parse(text));
  }

  @Test
  void anyAddressReadsBackFromItsText() throws UnknownHostException {
    Random random = new Random(4);
    for (int i = 0; i < 500; i++) {
      byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(bytes);
      InetAddress address = InetAddress.getByAddress(bytes);
      IpAddress read = Objects.requireNonNull(IpAddress.parse(address.getHostAddress()));
      assertEquals(IpAddress.of(address), read);
    }
  }
}
