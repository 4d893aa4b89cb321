package io.tagway.bgp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * What the speaker has to do, checked: see {@link PlanReader}.
 *
 * @param nextHop4 next hop of IPv4 routes
 * @param nextHop6 next hop of IPv6 routes; empty = the local address of the session
 * @param prefixes without repetition
 * @param listenPort empty = no incoming sessions
 * @param warnings whole sentences, to be logged once
 */
record Plan(
    long asn,
    Inet4Address routerId,
    InetAddress nextHop4,
    Optional<InetAddress> nextHop6,
    List<Prefix> prefixes,
    Optional<Integer> listenPort,
    List<InetAddress> listenAddresses,
    List<Peer> peers,
    List<String> warnings) {
  Plan {
    prefixes = List.copyOf(prefixes);
    listenAddresses = List.copyOf(listenAddresses);
    peers = List.copyOf(peers);
    warnings = List.copyOf(warnings);
  }

  /** The router id as a number, as collisions compare it (RFC 4271, section 6.8). */
  long identifier() {
    return Integer.toUnsignedLong(ByteBuffer.wrap(routerId.getAddress()).getInt());
  }

  boolean external(Peer peer) {
    return peer.asn() != asn;
  }

  List<Prefix> prefixes(Family family) {
    return prefixes.stream().filter(prefix -> prefix.family() == family).toList();
  }
}
