package io.tagway.bgp;

import io.vertx.core.buffer.Buffer;

/** A message of BGP-4 (RFC 4271, section 4; RFC 2918). Writing and reading are inverses. */
sealed interface BgpMessage permits Open, Update, Notification, KeepAlive, RouteRefresh {
  int HEADER_BYTES = 19;
  int MARKER_BYTES = 16;
  int LIMIT_BYTES = 4096;

  /** The number in the header. */
  int type();

  /** What follows the header. */
  void writeBody(Buffer out);

  /** The whole message, 19 to 4096 bytes. */
  default Buffer encode() {
    Buffer out = Buffer.buffer();
    for (int i = 0; i < MARKER_BYTES; i++) {
      out.appendByte((byte) 0xff);
    }
    out.appendUnsignedShort(0).appendUnsignedByte((short) type());
    writeBody(out);
    if (out.length() > LIMIT_BYTES) {
      throw new IllegalStateException("a message of " + out.length() + " bytes");
    }
    return out.setUnsignedShort(MARKER_BYTES, out.length());
  }

  /** Reads the message whose header has been checked; the buffer holds it and nothing else. */
  static BgpMessage read(Buffer message) throws Malformed {
    int type = message.getUnsignedByte(HEADER_BYTES - 1);
    return switch (type) {
      case Open.TYPE -> Open.read(body(message, Notification.malformedOpen()));
      case Update.TYPE -> Update.read(body(message, Notification.malformedAttributes()));
      case KeepAlive.TYPE -> new KeepAlive();
      case Notification.TYPE ->
          Notification.read(body(message, Notification.badLength(message.length())));
      default -> RouteRefresh.read(body(message, Notification.badLength(message.length())));
    };
  }

  private static WireReader body(Buffer message, Notification shortage) {
    return WireReader.of(message, HEADER_BYTES, shortage);
  }
}
