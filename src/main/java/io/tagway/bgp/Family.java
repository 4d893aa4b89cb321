package io.tagway.bgp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/** The address families spoken, each with unicast (RFC 4760, section 3; AFI and SAFI of IANA). */
enum Family {
  IPV4(1, 4),
  IPV6(2, 16);

  /** SAFI of unicast. */
  static final int UNICAST = 1;

  private final int afi;
  private final int addressBytes;

  Family(int afi, int addressBytes) {
    this.afi = afi;
    this.addressBytes = addressBytes;
  }

  int afi() {
    return afi;
  }

  int addressBytes() {
    return addressBytes;
  }

  static Optional<Family> of(int afi, int safi) {
    return Arrays.stream(values()).filter(f -> f.afi == afi && safi == UNICAST).findFirst();
  }

  static Family of(InetAddress address) {
    return address instanceof Inet4Address ? IPV4 : IPV6;
  }
}
