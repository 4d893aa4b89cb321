package io.tagway.bgp;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The first message of a session (RFC 4271, section 4.2).
 *
 * @param shortAs the AS in two octets, {@link #AS_TRANS} for one that does not fit
 * @param holdSeconds 0 = no keepalives
 * @param routerId four octets
 */
record Open(int shortAs, int holdSeconds, long routerId, List<Capability> capabilities)
    implements BgpMessage {
  static final int TYPE = 1;
  static final int VERSION = 4;

  /** Stands for an AS that needs four octets (RFC 6793, section 9). */
  static final int AS_TRANS = 23456;

  private static final int CAPABILITIES = 2;

  /** Begins a longer form of the parameters (RFC 9072). */
  private static final int EXTENDED = 255;

  Open {
    capabilities = List.copyOf(capabilities);
  }

  /** What this speaker says: both families, four octets, refresh. */
  static Open of(long asn, int holdSeconds, long routerId) {
    return new Open(
        asn <= 0xffff ? (int) asn : AS_TRANS,
        holdSeconds,
        routerId,
        List.of(
            Capability.multiprotocol(Family.IPV4),
            Capability.multiprotocol(Family.IPV6),
            Capability.routeRefresh(),
            Capability.fourOctetAs(asn)));
  }

  long asn() {
    return fourOctetAs().orElse((long) shortAs);
  }

  Optional<Long> fourOctetAs() {
    return capabilities.stream().flatMap(c -> c.asn().stream()).findFirst();
  }

  /** Without any word on families: IPv4 (RFC 4760, section 8). */
  Set<Family> families() {
    if (capabilities.stream().noneMatch(Capability::isMultiprotocol)) {
      return EnumSet.of(Family.IPV4);
    }
    Set<Family> families = EnumSet.noneOf(Family.class);
    capabilities.forEach(c -> c.family().ifPresent(families::add));
    return families;
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void writeBody(Buffer out) {
    Buffer list = Buffer.buffer();
    capabilities.forEach(capability -> capability.write(list));
    out.appendUnsignedByte((short) VERSION)
        .appendUnsignedShort(shortAs)
        .appendUnsignedShort(holdSeconds)
        .appendUnsignedInt(routerId);
    if (list.length() == 0) {
      out.appendUnsignedByte((short) 0);
    } else if (list.length() <= EXTENDED - 3) {
      out.appendUnsignedByte((short) (list.length() + 2))
          .appendUnsignedByte((short) CAPABILITIES)
          .appendUnsignedByte((short) list.length())
          .appendBuffer(list);
    } else {
      out.appendUnsignedByte((short) EXTENDED)
          .appendUnsignedByte((short) EXTENDED)
          .appendUnsignedShort(list.length() + 3)
          .appendUnsignedByte((short) CAPABILITIES)
          .appendUnsignedShort(list.length())
          .appendBuffer(list);
    }
  }

  static Open read(WireReader in) throws Malformed {
    if (in.u8() != VERSION) {
      throw new Malformed(Notification.badVersion());
    }
    int shortAs = in.u16();
    int holdSeconds = in.u16();
    long routerId = in.u32();
    return new Open(shortAs, holdSeconds, routerId, parameters(in));
  }

  private static List<Capability> parameters(WireReader in) throws Malformed {
    int bytes = in.u8();
    if (bytes != in.left()) {
      boolean extended = bytes == EXTENDED && in.left() >= 3 && in.u8() == EXTENDED;
      if (!extended || in.u16() != in.left()) {
        throw new Malformed(Notification.malformedOpen());
      }
      return capabilities(in, true);
    }
    return capabilities(in, false);
  }

  private static List<Capability> capabilities(WireReader in, boolean extended) throws Malformed {
    List<Capability> capabilities = new ArrayList<>();
    while (in.left() > 0) {
      int type = in.u8();
      WireReader parameter = in.part(extended ? in.u16() : in.u8());
      if (type != CAPABILITIES) {
        throw new Malformed(Notification.unknownParameter());
      }
      while (parameter.left() > 0) {
        capabilities.add(Capability.read(parameter));
      }
    }
    return capabilities;
  }
}
