package io.tagway.bgp;

import java.net.InetAddress;
import java.util.Set;

/**
 * What both sides of a session agreed on.
 *
 * @param external the peer is of another AS
 * @param fourOctetAs the peer knows RFC 6793
 * @param families that the peer takes
 * @param holdSeconds silence that ends the session; 0 = none does
 * @param local this side's address
 */
record Negotiated(
    boolean external,
    boolean fourOctetAs,
    Set<Family> families,
    int holdSeconds,
    InetAddress local) {
  Negotiated {
    families = Set.copyOf(families);
  }
}
