package io.tagway.bgp;

import java.net.InetAddress;

/**
 * A neighbour as configured.
 *
 * @param port where it listens
 * @param bound whether the router id is the local address of sessions opened here, as it is with
 *     Fabio for a peer whose port is given
 * @param hops the TTL of what is sent; 0 = the system's
 * @param password of TCP MD5 (RFC 2385); empty = none
 */
record Peer(InetAddress address, int port, long asn, boolean bound, int hops, String password) {
  boolean signed() {
    return !password.isEmpty();
  }

  /** As log lines name it; without the password. */
  @Override
  public String toString() {
    return "BGP peer " + Addresses.text(address) + " (AS " + asn + ")";
  }
}
