package io.tagway.bgp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnnouncementTest {
  private static final Set<Family> BOTH = EnumSet.allOf(Family.class);

  private static InetAddress address(String text) {
    return Addresses.parse(text).orElseThrow();
  }

  private static Negotiated peer(
      boolean external, boolean fourOctets, Set<Family> families, String local) {
    return new Negotiated(external, fourOctets, families, 90, address(local));
  }

  private static Announcement announcement(BgpSettings settings) {
    return new Announcement(PlanReader.read(settings.build()));
  }

  private static Optional<String> attribute(Update update, int type) {
    return update.attributes().stream()
        .filter(attribute -> attribute.type() == type)
        .map(attribute -> HexFormat.of().formatHex(attribute.value().getBytes()))
        .findFirst();
  }

  private static List<Integer> types(Update update) {
    return update.attributes().stream().map(PathAttribute::type).toList();
  }

  @Test
  void anExternalPeerGetsTheOwnAsAndNoPreference() {
    Update update =
        announcement(new BgpSettings())
            .announce(Family.IPV4, peer(true, true, BOTH, "127.0.0.2"))
            .get(0);
    assertEquals("[10.99.0.1/32]", update.announced().toString());
    assertEquals(List.of(1, 2, 3), types(update));
    assertEquals(Optional.of("00"), attribute(update, PathAttribute.ORIGIN));
    assertEquals(Optional.of("02010000fde8"), attribute(update, PathAttribute.AS_PATH));
    assertEquals(Optional.of("7f000002"), attribute(update, PathAttribute.NEXT_HOP));
  }

  @Test
  void anInternalPeerGetsAnEmptyPathAndAPreference() {
    Update update =
        announcement(new BgpSettings())
            .announce(Family.IPV4, peer(false, true, BOTH, "127.0.0.2"))
            .get(0);
    assertEquals(List.of(1, 2, 3, 5), types(update));
    assertEquals(Optional.of(""), attribute(update, PathAttribute.AS_PATH));
    assertEquals(Optional.of("00000064"), attribute(update, PathAttribute.LOCAL_PREF));
  }

  @Test
  void anOldPeerGetsAsTransAndTheTruthBesideIt() {
    Announcement wide = announcement(new BgpSettings().asn(4_200_000_000L));
    Update update = wide.announce(Family.IPV4, peer(true, false, BOTH, "127.0.0.2")).get(0);
    assertEquals(Optional.of("02015ba0"), attribute(update, PathAttribute.AS_PATH));
    assertEquals(Optional.of("0201fa56ea00"), attribute(update, PathAttribute.AS4_PATH));
    Announcement narrow = announcement(new BgpSettings());
    Update short16 = narrow.announce(Family.IPV4, peer(true, false, BOTH, "127.0.0.2")).get(0);
    assertEquals(Optional.of("0201fde8"), attribute(short16, PathAttribute.AS_PATH));
    assertEquals(Optional.empty(), attribute(short16, PathAttribute.AS4_PATH));
  }

  @Test
  void eachFamilyHasItsOwnNextHop() {
    Announcement both =
        announcement(
            new BgpSettings().anycast("10.0.0.1/32", "2001:db8::1/128").nextHop("2001:db8::7"));
    Negotiated peer = peer(true, true, BOTH, "127.0.0.2");
    Update six = both.announce(Family.IPV6, peer).get(0);
    assertEquals(List.of(14, 1, 2), types(six));
    assertEquals(List.of(), six.announced());
    assertEquals(
        Optional.of(
            "000201"
                + "10"
                + "20010db8000000000000000000000007"
                + "00"
                + "8020010db8000000000000000000000001"),
        attribute(six, PathAttribute.MP_REACH_NLRI));
    assertEquals(
        Optional.of("7f000002"),
        attribute(both.announce(Family.IPV4, peer).get(0), PathAttribute.NEXT_HOP));
  }

  @Test
  void overIpv6TheLocalAddressIsTheNextHopUnlessItIsLinkLocal() {
    Announcement six =
        announcement(
            new BgpSettings()
                .anycast("2001:db8::1/128")
                .peers(new io.tagway.config.Settings.BgpPeer("::1", 0, 65001, false, 2, "")));
    Update update = six.announce(Family.IPV6, peer(true, true, BOTH, "2001:db8::9")).get(0);
    assertTrue(
        attribute(update, PathAttribute.MP_REACH_NLRI)
            .orElseThrow()
            .contains("1020010db8000000000000000000000009"));
    assertEquals(List.of(), six.announce(Family.IPV6, peer(true, true, BOTH, "fe80::9")));
    assertEquals(List.of(), six.withdraw(Family.IPV6, peer(true, true, BOTH, "fe80::9")));
    assertEquals(List.of(), six.prefixes(peer(true, true, BOTH, "fe80::9")));
  }

  @Test
  void aFamilyThatThePeerDoesNotTakeIsNotSent() {
    Announcement both =
        announcement(
            new BgpSettings().anycast("10.0.0.1/32", "2001:db8::1/128").nextHop("2001:db8::7"));
    Negotiated four = peer(true, true, EnumSet.of(Family.IPV4), "127.0.0.2");
    assertEquals(List.of(), both.announce(Family.IPV6, four));
    assertEquals("[10.0.0.1/32]", both.prefixes(four).toString());
  }

  @Test
  void withdrawalsNameTheSamePrefixes() {
    Announcement both =
        announcement(
            new BgpSettings().anycast("10.0.0.1/32", "2001:db8::1/128").nextHop("2001:db8::7"));
    Negotiated peer = peer(true, true, BOTH, "127.0.0.2");
    assertEquals(
        new Update(List.of(Prefix.parse("10.0.0.1/32").orElseThrow()), List.of(), List.of()),
        both.withdraw(Family.IPV4, peer).get(0));
    assertEquals(
        Optional.of("0002018020010db8000000000000000000000001"),
        attribute(both.withdraw(Family.IPV6, peer).get(0), PathAttribute.MP_UNREACH_NLRI));
  }

  @Test
  void manyPrefixesAreSeveralMessagesThatFit() {
    String[] blocks =
        IntStream.range(0, 450).mapToObj(i -> "2001:db8::" + i + "/128").toArray(String[]::new);
    Announcement many = announcement(new BgpSettings().anycast(blocks).nextHop("2001:db8::7"));
    List<Update> updates = many.announce(Family.IPV6, peer(false, true, BOTH, "127.0.0.2"));
    assertEquals(3, updates.size());
    for (Update update : updates) {
      Buffer bytes = update.encode();
      assertTrue(bytes.length() <= BgpMessage.LIMIT_BYTES, () -> bytes.length() + " bytes");
    }
  }
}
