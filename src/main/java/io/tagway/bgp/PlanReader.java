package io.tagway.bgp;

import io.tagway.config.Settings.Bgp;
import io.tagway.config.Settings.BgpPeer;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns the settings into a {@link Plan}; reports everything that is wrong at once. */
final class PlanReader {
  private static final int BGP_PORT = 179;
  private static final int NO_LISTENING = -1;
  private static final long MOST_ASN = 0xffff_ffffL;

  /** TCP_MD5SIG_MAXKEYLEN of Linux. */
  private static final int LIMIT_PASSWORD_BYTES = 80;

  private final Bgp settings;
  private final List<String> faults = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private PlanReader(Bgp settings) {
    this.settings = settings;
  }

  /** Throws {@link BgpRefused} with all that is wrong. */
  static Plan read(Bgp settings) {
    return new PlanReader(settings).read();
  }

  private Plan read() {
    if (!settings.gobgpdConfigFile().isEmpty()) {
      faults.add(
          "bgp.gobgpdcfgfile cannot be used: Tagway is its own BGP speaker and does not read"
              + " gobgpd's file; give bgp.asn, bgp.routerid and bgp.listenport instead");
    }
    List<Prefix> prefixes = prefixes();
    checkAsn("bgp.asn", settings.asn());
    Optional<InetAddress> routerId = routerId();
    Optional<InetAddress> nextHop = nextHop();
    List<Peer> peers = peers();
    Optional<InetAddress> nextHop6 = nextHop.filter(Inet6Address.class::isInstance);
    if (nextHop6.isEmpty()) {
      refuseUnreachable(prefixes, peers);
    }
    Optional<Integer> port = listenPort();
    List<InetAddress> listenAddresses = port.isPresent() ? listenAddresses() : List.of();
    if (!faults.isEmpty() || routerId.isEmpty()) {
      throw new BgpRefused("BGP configuration invalid: " + String.join("; ", faults));
    }
    return new Plan(
        settings.asn(),
        (Inet4Address) routerId.get(),
        nextHop.filter(Inet4Address.class::isInstance).orElse(routerId.get()),
        nextHop6,
        prefixes,
        port,
        listenAddresses,
        peers,
        warnings);
  }

  private List<Prefix> prefixes() {
    Set<Prefix> prefixes = new LinkedHashSet<>();
    for (String block : settings.anycastAddresses()) {
      Prefix.parse(block)
          .ifPresentOrElse(
              prefixes::add,
              () ->
                  faults.add(
                      "could not parse cidr for anycast address "
                          + block
                          + ": give a block such as 192.0.2.1/32"));
    }
    if (settings.anycastAddresses().isEmpty()) {
      faults.add("BGP needs an anycast address: set bgp.anycastaddresses");
    }
    return List.copyOf(prefixes);
  }

  private void checkAsn(String option, long asn) {
    if (asn < 1 || asn > MOST_ASN || asn == Open.AS_TRANS) {
      faults.add(
          option + " " + asn + " is not an AS number: give 1 to 4294967295, not " + Open.AS_TRANS);
    }
  }

  /** The identifier has four octets (RFC 4271, section 4.2) and is not zero. */
  private Optional<InetAddress> routerId() {
    if (settings.routerId().isEmpty()) {
      faults.add("BGP needs a router id: set bgp.routerid");
      return Optional.empty();
    }
    Optional<InetAddress> id = Addresses.parse(settings.routerId());
    if (id.isEmpty()) {
      faults.add("router ID " + settings.routerId() + " is not a valid ID: give an IPv4 address");
    } else if (id.get() instanceof Inet6Address || id.get().isAnyLocalAddress()) {
      faults.add("router ID " + settings.routerId() + " is not an IPv4 address of this router");
      return Optional.empty();
    }
    return id;
  }

  private Optional<InetAddress> nextHop() {
    if (settings.nextHop().isEmpty()) {
      return Optional.empty();
    }
    Optional<InetAddress> nextHop = Addresses.parse(settings.nextHop());
    if (nextHop.isEmpty()) {
      faults.add("invalid NextHop: " + settings.nextHop() + " is not an IP address");
    }
    return nextHop;
  }

  private List<Peer> peers() {
    List<Peer> peers = new ArrayList<>();
    Set<InetAddress> seen = new HashSet<>();
    for (BgpPeer peer : settings.peers()) {
      Optional<InetAddress> address = Addresses.parse(peer.address());
      if (address.isEmpty()) {
        faults.add("peer address " + peer.address() + " is not a valid IP");
        continue;
      }
      if (!seen.add(address.get())) {
        faults.add("peer address " + peer.address() + " is given twice");
      }
      peers.add(peer(peer, address.get()));
    }
    if (settings.peers().isEmpty()) {
      faults.add("BGP needs a peer: set bgp.peers");
    }
    return peers;
  }

  private Peer peer(BgpPeer peer, InetAddress address) {
    String name = "peer " + peer.address();
    checkAsn("asn of " + name, peer.asn());
    if (peer.port() > 65535) {
      faults.add("port " + peer.port() + " of " + name + " is not a port");
    }
    if (peer.password().getBytes(StandardCharsets.UTF_8).length > LIMIT_PASSWORD_BYTES) {
      faults.add("the password of " + name + " is longer than 80 bytes");
    }
    boolean given = peer.port() != 0;
    return new Peer(
        address,
        given ? (int) peer.port() : BGP_PORT,
        peer.asn(),
        given && address instanceof Inet4Address,
        hops(peer, name),
        peer.password());
  }

  /** A direct eBGP neighbour is one hop away; inside of an AS distance does not matter. */
  private int hops(BgpPeer peer, String name) {
    boolean external = peer.asn() != settings.asn();
    if (!peer.multihop()) {
      return external ? 1 : 0;
    }
    if (peer.multihopLength() < 1 || peer.multihopLength() > 255) {
      faults.add("multihoplength of " + name + " is not 1 to 255");
      return 1;
    }
    if (!external) {
      warnings.add("multihop of " + name + " has no effect: the peer is of the own AS");
      return 0;
    }
    return (int) peer.multihopLength();
  }

  private void refuseUnreachable(List<Prefix> prefixes, List<Peer> peers) {
    Optional<Prefix> six = prefixes.stream().filter(p -> p.family() == Family.IPV6).findFirst();
    Optional<Peer> four =
        peers.stream().filter(peer -> peer.address() instanceof Inet4Address).findFirst();
    if (six.isPresent() && four.isPresent()) {
      faults.add(
          "there is no next hop for "
              + six.get()
              + " towards peer "
              + Addresses.text(four.get().address())
              + ": set bgp.nexthop to an IPv6 address of this router");
    }
  }

  private Optional<Integer> listenPort() {
    int port = settings.listenPort();
    if (port < NO_LISTENING || port > 65535) {
      faults.add("bgp.listenport " + port + " is not a port, nor -1");
    }
    return port == NO_LISTENING ? Optional.empty() : Optional.of(port == 0 ? BGP_PORT : port);
  }

  private List<InetAddress> listenAddresses() {
    List<InetAddress> addresses = new ArrayList<>();
    for (String text : settings.listenAddresses()) {
      Addresses.parse(text)
          .ifPresentOrElse(
              addresses::add,
              () -> faults.add("bgp.listenaddresses: " + text + " is not an IP address"));
    }
    return addresses;
  }
}
