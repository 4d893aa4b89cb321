package io.tagway.bgp;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Something that a speaker can do (RFC 5492). */
record Capability(int code, Buffer value) {
  private static final int MULTIPROTOCOL = 1;
  private static final int ROUTE_REFRESH = 2;
  private static final int FOUR_OCTET_AS = 65;

  /** Routes of this family (RFC 4760, section 8). */
  static Capability multiprotocol(Family family) {
    return new Capability(
        MULTIPROTOCOL,
        Buffer.buffer()
            .appendUnsignedShort(family.afi())
            .appendUnsignedByte((short) 0)
            .appendUnsignedByte((short) Family.UNICAST));
  }

  /** Sends everything again when asked (RFC 2918). */
  static Capability routeRefresh() {
    return new Capability(ROUTE_REFRESH, Buffer.buffer());
  }

  /** The own AS in four octets (RFC 6793). */
  static Capability fourOctetAs(long asn) {
    return new Capability(FOUR_OCTET_AS, Buffer.buffer().appendUnsignedInt(asn));
  }

  boolean isMultiprotocol() {
    return code == MULTIPROTOCOL && value.length() == 4;
  }

  Optional<Family> family() {
    return isMultiprotocol()
        ? Family.of(value.getUnsignedShort(0), value.getUnsignedByte(3))
        : Optional.empty();
  }

  Optional<Long> asn() {
    return code == FOUR_OCTET_AS && value.length() == 4
        ? Optional.of(value.getUnsignedInt(0))
        : Optional.empty();
  }

  void write(Buffer out) {
    out.appendUnsignedByte((short) code)
        .appendUnsignedByte((short) value.length())
        .appendBuffer(value);
  }

  static Capability read(WireReader in) throws Malformed {
    int code = in.u8();
    return new Capability(code, in.buffer(in.u8()));
  }
}
