package io.tagway.bgp;

import io.vertx.core.buffer.Buffer;

/**
 * Asks for everything again (RFC 2918).
 *
 * @param subtype 0 = the request; others mark begin and end (RFC 7313)
 */
record RouteRefresh(int afi, int subtype, int safi) implements BgpMessage {
  static final int TYPE = 5;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void writeBody(Buffer out) {
    out.appendUnsignedShort(afi)
        .appendUnsignedByte((short) subtype)
        .appendUnsignedByte((short) safi);
  }

  /** What may follow is an outbound filter (RFC 5291), which nobody offered. */
  static RouteRefresh read(WireReader in) throws Malformed {
    return new RouteRefresh(in.u16(), in.u8(), in.u8());
  }
}
