package io.tagway.bgp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The messages that bring the anycast prefixes to a peer, and those that take them back. */
final class Announcement {
  /** 200 IPv6 prefixes with their attributes stay under 4096 bytes. */
  private static final int PREFIXES_A_MESSAGE = 200;

  /** The usual default of other speakers. */
  private static final long LOCAL_PREFERENCE = 100;

  private final Plan plan;

  Announcement(Plan plan) {
    this.plan = plan;
  }

  /** Those of the families that the peer takes and that have a next hop there. */
  List<Prefix> prefixes(Negotiated peer) {
    return plan.prefixes().stream().filter(p -> nextHop(p.family(), peer).isPresent()).toList();
  }

  List<Update> announce(Family family, Negotiated peer) {
    Optional<InetAddress> nextHop = nextHop(family, peer);
    List<Update> updates = new ArrayList<>();
    if (nextHop.isPresent()) {
      for (List<Prefix> some : parts(plan.prefixes(family))) {
        updates.add(
            family == Family.IPV4
                ? new Update(List.of(), classic(peer, nextHop.get()), some)
                : new Update(List.of(), multiprotocol(peer, nextHop.get(), some), List.of()));
      }
    }
    return updates;
  }

  List<Update> withdraw(Family family, Negotiated peer) {
    List<Update> updates = new ArrayList<>();
    if (nextHop(family, peer).isPresent()) {
      for (List<Prefix> some : parts(plan.prefixes(family))) {
        updates.add(
            family == Family.IPV4
                ? new Update(some, List.of(), List.of())
                : new Update(
                    List.of(), List.of(PathAttribute.unreachable(family, some)), List.of()));
      }
    }
    return updates;
  }

  /**
   * Each family has a next hop of its own. For IPv6 without a configured one it is this side of the
   * session, unless that is no address for others.
   */
  private Optional<InetAddress> nextHop(Family family, Negotiated peer) {
    if (!peer.families().contains(family)) {
      return Optional.empty();
    }
    if (family == Family.IPV4) {
      return Optional.of(plan.nextHop4());
    }
    return plan.nextHop6()
        .or(
            () ->
                Optional.of(peer.local())
                    .filter(Inet6Address.class::isInstance)
                    .filter(local -> !local.isLinkLocalAddress()));
  }

  /** In ascending order of type, as section 5 of RFC 4271 advises. */
  private List<PathAttribute> classic(Negotiated peer, InetAddress nextHop) {
    List<PathAttribute> path = new ArrayList<>(List.of(PathAttribute.originIgp(), asPath(peer)));
    path.add(PathAttribute.nextHop(nextHop));
    addRest(path, peer);
    return path;
  }

  /** MP_REACH_NLRI comes first (RFC 7606, section 5.1). */
  private List<PathAttribute> multiprotocol(
      Negotiated peer, InetAddress nextHop, List<Prefix> prefixes) {
    List<PathAttribute> path = new ArrayList<>();
    path.add(PathAttribute.reachable(Family.IPV6, nextHop, prefixes));
    path.add(PathAttribute.originIgp());
    path.add(asPath(peer));
    addRest(path, peer);
    return path;
  }

  private PathAttribute asPath(Negotiated peer) {
    return peer.external()
        ? PathAttribute.asPath(plan.asn(), peer.fourOctetAs())
        : PathAttribute.emptyAsPath();
  }

  private void addRest(List<PathAttribute> path, Negotiated peer) {
    if (!peer.external()) {
      path.add(PathAttribute.localPref(LOCAL_PREFERENCE));
    } else if (!peer.fourOctetAs() && plan.asn() > 0xffff) {
      path.add(PathAttribute.as4Path(plan.asn()));
    }
  }

  private static List<List<Prefix>> parts(List<Prefix> prefixes) {
    List<List<Prefix>> parts = new ArrayList<>();
    for (int at = 0; at < prefixes.size(); at += PREFIXES_A_MESSAGE) {
      parts.add(prefixes.subList(at, Math.min(at + PREFIXES_A_MESSAGE, prefixes.size())));
    }
    return parts;
  }
}
