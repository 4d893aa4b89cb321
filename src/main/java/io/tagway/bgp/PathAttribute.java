package io.tagway.bgp;

import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.util.List;

/** One attribute of an UPDATE (RFC 4271, section 4.3), its value as bytes. */
record PathAttribute(int flags, int type, Buffer value) {
  private static final int OPTIONAL = 0x80;
  private static final int TRANSITIVE = 0x40;
  private static final int LONG = 0x10;
  private static final int AS_SEQUENCE = 2;

  static final int ORIGIN = 1;
  static final int AS_PATH = 2;
  static final int NEXT_HOP = 3;
  static final int LOCAL_PREF = 5;
  static final int MP_REACH_NLRI = 14;
  static final int MP_UNREACH_NLRI = 15;
  static final int AS4_PATH = 17;

  PathAttribute {
    flags = value.length() > 255 ? flags | LONG : flags;
  }

  /** The route begins here, by an interior protocol's knowledge (RFC 4271, section 5.1.1). */
  static PathAttribute originIgp() {
    return new PathAttribute(TRANSITIVE, ORIGIN, Buffer.buffer().appendByte((byte) 0));
  }

  /** Towards a peer of the same AS: nothing was crossed yet. */
  static PathAttribute emptyAsPath() {
    return new PathAttribute(TRANSITIVE, AS_PATH, Buffer.buffer());
  }

  /** One AS, in four octets or, for peers without RFC 6793, in two. */
  static PathAttribute asPath(long asn, boolean fourOctets) {
    Buffer value = Buffer.buffer().appendByte((byte) AS_SEQUENCE).appendByte((byte) 1);
    return new PathAttribute(
        TRANSITIVE,
        AS_PATH,
        fourOctets
            ? value.appendUnsignedInt(asn)
            : value.appendUnsignedShort(asn <= 0xffff ? (int) asn : Open.AS_TRANS));
  }

  /** The path in four octets beside one of {@link Open#AS_TRANS} (RFC 6793, section 4.2.2). */
  static PathAttribute as4Path(long asn) {
    Buffer value = asPath(asn, true).value();
    return new PathAttribute(OPTIONAL | TRANSITIVE, AS4_PATH, value);
  }

  static PathAttribute nextHop(InetAddress address) {
    return new PathAttribute(TRANSITIVE, NEXT_HOP, Buffer.buffer(address.getAddress()));
  }

  static PathAttribute localPref(long preference) {
    return new PathAttribute(TRANSITIVE, LOCAL_PREF, Buffer.buffer().appendUnsignedInt(preference));
  }

  /** Routes of another family with their next hop (RFC 4760, section 3). */
  static PathAttribute reachable(Family family, InetAddress nextHop, List<Prefix> prefixes) {
    byte[] hop = nextHop.getAddress();
    Buffer value =
        family(family).appendUnsignedByte((short) hop.length).appendBytes(hop).appendByte((byte) 0);
    prefixes.forEach(prefix -> prefix.write(value));
    return new PathAttribute(OPTIONAL, MP_REACH_NLRI, value);
  }

  /** Routes of another family that are gone (RFC 4760, section 4). */
  static PathAttribute unreachable(Family family, List<Prefix> prefixes) {
    Buffer value = family(family);
    prefixes.forEach(prefix -> prefix.write(value));
    return new PathAttribute(OPTIONAL, MP_UNREACH_NLRI, value);
  }

  private static Buffer family(Family family) {
    return Buffer.buffer()
        .appendUnsignedShort(family.afi())
        .appendUnsignedByte((short) Family.UNICAST);
  }

  void write(Buffer out) {
    out.appendUnsignedByte((short) flags).appendUnsignedByte((short) type);
    if (isLong(flags)) {
      out.appendUnsignedShort(value.length());
    } else {
      out.appendUnsignedByte((short) value.length());
    }
    out.appendBuffer(value);
  }

  static PathAttribute read(WireReader in) throws Malformed {
    int flags = in.u8();
    int type = in.u8();
    return new PathAttribute(flags, type, in.buffer(isLong(flags) ? in.u16() : in.u8()));
  }

  private static boolean isLong(int flags) {
    return (flags & LONG) != 0;
  }
}
