package io.tagway.bgp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.config.Settings.BgpPeer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanReaderTest {
  private static String refusal(BgpSettings settings) {
    return String.valueOf(
        assertThrows(BgpRefused.class, () -> PlanReader.read(settings.build())).getMessage());
  }

  private static BgpPeer peer(String address, long port, long asn) {
    return new BgpPeer(address, port, asn, false, 2, "");
  }

  @Test
  void aPlainConfigurationIsAPlan() {
    Plan plan = PlanReader.read(new BgpSettings().anycast("10.1.2.3/24", "10.1.2.9/24").build());
    assertEquals("[10.1.2.0/24]", plan.prefixes().toString());
    assertEquals(plan.routerId(), plan.nextHop4());
    assertEquals(0x7f000002L, plan.identifier());
    assertEquals(Optional.empty(), plan.listenPort());
    assertEquals(List.of(), plan.warnings());
  }

  @Test
  void theTextsOfTheStartChecks() {
    assertTrue(
        refusal(new BgpSettings().anycast("10.0.0.1"))
            .startsWith(
                "BGP configuration invalid: could not parse cidr for anycast address 10.0.0.1:"));
    assertEquals(
        "BGP configuration invalid: peer address host is not a valid IP",
        refusal(new BgpSettings().peers(peer("host", 0, 1))));
    assertEquals(
        "BGP configuration invalid: BGP needs an anycast address: set bgp.anycastaddresses",
        refusal(new BgpSettings().anycast()));
    assertEquals(
        "BGP configuration invalid: BGP needs a peer: set bgp.peers",
        refusal(new BgpSettings().peers()));
    assertEquals(
        "BGP configuration invalid: BGP needs a router id: set bgp.routerid",
        refusal(new BgpSettings().routerId("")));
    assertTrue(
        refusal(new BgpSettings().routerId("host"))
            .startsWith("BGP configuration invalid: router ID host is not a valid ID"));
    assertTrue(
        refusal(new BgpSettings().nextHop("host"))
            .startsWith("BGP configuration invalid: invalid NextHop: host"));
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    String text =
        refusal(
            new BgpSettings()
                .anycast("x", "10.0.0.1/32")
                .asn(0)
                .listenPort(70000)
                .routerId("::1")
                .peers(
                    peer("y", 0, 1),
                    peer("10.0.0.9", 0, 0),
                    peer("10.0.0.9", 65536, 1),
                    new BgpPeer("10.0.0.10", 0, 9, true, 256, "p".repeat(81))));
    for (String part :
        List.of(
            "anycast address x",
            "bgp.asn 0",
            "bgp.listenport 70000",
            "router ID ::1",
            "peer address y",
            "asn of peer 10.0.0.9 0",
            "10.0.0.9 is given twice",
            "port 65536",
            "multihoplength of peer 10.0.0.10",
            "the password of peer 10.0.0.10 is longer")) {
      assertTrue(text.contains(part), () -> part + " in " + text);
    }
    assertFalse(text.contains("ppp"), text);
  }

  @Test
  void aGobgpdFileIsRefused() {
    assertTrue(
        refusal(new BgpSettings().gobgpdFile("gobgpd.toml"))
            .contains("bgp.gobgpdcfgfile cannot be used"));
  }

  @Test
  void anIpv6BlockNeedsAnIpv6NextHop() {
    BgpSettings mixed = new BgpSettings().anycast("10.0.0.1/32", "2001:db8::1/128");
    assertTrue(refusal(mixed).contains("there is no next hop for 2001:db8::1/128"));
    assertTrue(refusal(mixed.nextHop("10.0.0.7")).contains("there is no next hop for"));
    Plan plan = PlanReader.read(mixed.nextHop("2001:db8::7").build());
    assertEquals(Addresses.parse("2001:db8::7"), plan.nextHop6());
    assertEquals(plan.routerId(), plan.nextHop4());
  }

  @Test
  void towardsAnIpv6PeerTheSessionsAddressIsTheNextHop() {
    Plan plan =
        PlanReader.read(
            new BgpSettings().anycast("2001:db8::1/128").peers(peer("::1", 0, 65001)).build());
    assertEquals(Optional.empty(), plan.nextHop6());
  }

  @Test
  void theHopsFollowTheKindOfPeer() {
    Plan plan =
        PlanReader.read(
            new BgpSettings()
                .asn(65000)
                .peers(
                    peer("10.0.0.1", 0, 65001),
                    new BgpPeer("10.0.0.2", 0, 65001, true, 5, ""),
                    peer("10.0.0.3", 0, 65000),
                    new BgpPeer("10.0.0.4", 0, 65000, true, 5, ""))
                .build());
    assertEquals(List.of(1, 5, 0, 0), plan.peers().stream().map(Peer::hops).toList());
    assertEquals(1, plan.warnings().size());
  }

  @Test
  void aGivenPortBindsTheLocalAddressAsWithFabio() {
    Plan plan =
        PlanReader.read(
            new BgpSettings().peers(peer("10.0.0.1", 0, 1), peer("10.0.0.2", 1179, 1)).build());
    assertEquals(List.of(179, 1179), plan.peers().stream().map(Peer::port).toList());
    assertEquals(List.of(false, true), plan.peers().stream().map(Peer::bound).toList());
  }

  @Test
  void listeningIsOffAtMinusOneAndUsualAtZero() {
    assertEquals(Optional.empty(), PlanReader.read(new BgpSettings().build()).listenPort());
    assertEquals(
        Optional.of(179), PlanReader.read(new BgpSettings().listenPort(0).build()).listenPort());
  }

  @Test
  void aPasswordIsNeverPrinted() {
    Plan plan =
        PlanReader.read(
            new BgpSettings().peers(new BgpPeer("10.0.0.1", 0, 1, false, 2, "hunter2")).build());
    assertFalse(plan.toString().contains("hunter2"));
  }
}
