package io.tagway.config;

import io.tagway.config.Settings.Bgp;
import io.tagway.config.Settings.BgpPeer;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code bgp.*}. The peers are read also when BGP is off; the rest is checked when on. */
final class BgpReader {
  private static final long MULTIHOP_LENGTH = 2;

  private final Values values;

  BgpReader(Values values) {
    this.values = values;
  }

  Bgp read(Findings findings) {
    Bgp bgp =
        new Bgp(
            values.flag("bgp.enabled"),
            values.number("bgp.asn"),
            values.list("bgp.anycastaddresses"),
            values.text("bgp.routerid"),
            values.text("bgp.nexthop"),
            values.integer("bgp.listenport"),
            values.list("bgp.listenaddresses"),
            peers(findings),
            values.flag("bgp.enablegrpc"),
            values.text("bgp.grpclistenaddress"),
            values.flag("bgp.grpctls"),
            values.text("bgp.certfile"),
            values.text("bgp.keyfile"),
            values.text("bgp.gobgpdcfgfile"));
    if (bgp.enabled()) {
      check(bgp);
    }
    return bgp;
  }

  private List<BgpPeer> peers(Findings findings) {
    List<BgpPeer> peers = new ArrayList<>();
    for (Entry entry : Entry.of("bgp.peers", values, findings)) {
      entry.refuseBare();
      peers.add(
          new BgpPeer(
              entry.text("address").orElse(""),
              number(entry, "port", 0),
              number(entry, "asn", 0),
              entry.flag("multihop"),
              number(entry, "multihoplength", MULTIHOP_LENGTH),
              entry.text("password").orElse("")));
    }
    return List.copyOf(peers);
  }

  private static long number(Entry entry, String key, long fallback) {
    return entry.read(key, fallback, text -> GoInteger.decimal(text, 32));
  }

  private void check(Bgp bgp) {
    for (String block : bgp.anycastAddresses()) {
      if (!IpText.isBlock(block)) {
        values.refuse(
            "bgp.anycastaddresses",
            "could not parse cidr for anycast address " + block,
            "blocks such as 192.0.2.1/32");
      }
    }
    for (BgpPeer peer : bgp.peers()) {
      if (!IpText.isAddress(peer.address())) {
        values.refuse(
            "bgp.peers",
            "peer address " + Quoted.of(peer.address()) + " is not a valid IP",
            "address=IP");
      }
    }
    if (!bgp.gobgpdConfigFile().isEmpty()) {
      return;
    }
    if (bgp.anycastAddresses().isEmpty()) {
      values.refuse("bgp.anycastaddresses", "BGP needs an anycast address", "CIDR blocks");
    }
    if (bgp.peers().isEmpty()) {
      values.refuse("bgp.peers", "BGP needs a peer", "address=IP;asn=NUMBER");
    }
    if (bgp.routerId().isEmpty()) {
      values.refuse("bgp.routerid", "BGP needs a router id", "an IP address");
    } else if (!IpText.isAddress(bgp.routerId())) {
      values.refuse("bgp.routerid", "the router id is not a valid IP", "an IP address");
    }
    if (!bgp.nextHop().isEmpty() && !IpText.isAddress(bgp.nextHop())) {
      values.refuse("bgp.nexthop", "the next hop is not a valid IP", "empty, or an IP address");
    }
  }
}
