package io.tagway.bgp;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Says why a session ends, and ends it (RFC 4271, sections 4.5 and 6; RFC 4486, 6608, 9003). */
record Notification(int code, int subcode, Buffer data) implements BgpMessage {
  static final int TYPE = 3;

  private static final int HEADER = 1;
  private static final int OPEN = 2;
  private static final int UPDATE = 3;
  private static final int HOLD_TIMER = 4;
  private static final int STATE = 5;
  private static final int CEASE = 6;
  private static final int ADMINISTRATIVE_SHUTDOWN = 2;
  private static final int ADMINISTRATIVE_RESET = 4;
  private static final int LIMIT_REASON_BYTES = 255;

  static Notification notSynchronized() {
    return bare(HEADER, 1);
  }

  static Notification badLength(int length) {
    return new Notification(HEADER, 2, Buffer.buffer().appendUnsignedShort(length));
  }

  static Notification badType(int type) {
    return new Notification(HEADER, 3, Buffer.buffer().appendUnsignedByte((short) type));
  }

  static Notification malformedOpen() {
    return bare(OPEN, 0);
  }

  static Notification badVersion() {
    return new Notification(OPEN, 1, Buffer.buffer().appendUnsignedShort(Open.VERSION));
  }

  static Notification badPeerAs() {
    return bare(OPEN, 2);
  }

  static Notification badIdentifier() {
    return bare(OPEN, 3);
  }

  static Notification unknownParameter() {
    return bare(OPEN, 4);
  }

  static Notification badHoldTime() {
    return bare(OPEN, 6);
  }

  static Notification malformedAttributes() {
    return bare(UPDATE, 1);
  }

  static Notification invalidNetwork() {
    return bare(UPDATE, 10);
  }

  static Notification holdTimerExpired() {
    return bare(HOLD_TIMER, 0);
  }

  /** A message that does not belong into that state of a session (RFC 6608). */
  static Notification unexpected(PeerState state) {
    return bare(
        STATE,
        switch (state) {
          case OPEN_SENT -> 1;
          case OPEN_CONFIRM -> 2;
          case ESTABLISHED -> 3;
          case IDLE, CONNECT, ACTIVE -> 0;
        });
  }

  static Notification collision() {
    return bare(CEASE, 7);
  }

  /**
   * Stopped on purpose.
   *
   * @param reason for the operator of the peer, ASCII, at most 255 bytes
   */
  static Notification shutdown(String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    if (text.length > LIMIT_REASON_BYTES) {
      throw new IllegalArgumentException("a reason of " + text.length + " bytes");
    }
    return new Notification(
        CEASE,
        ADMINISTRATIVE_SHUTDOWN,
        Buffer.buffer().appendUnsignedByte((short) text.length).appendBytes(text));
  }

  private static Notification bare(int code, int subcode) {
    return new Notification(code, subcode, Buffer.buffer());
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void writeBody(Buffer out) {
    out.appendUnsignedByte((short) code).appendUnsignedByte((short) subcode).appendBuffer(data);
  }

  static Notification read(WireReader in) throws Malformed {
    return new Notification(in.u8(), in.u8(), in.buffer(in.left()));
  }

  /** For a log line: the names of IANA's registry where known, and the peer's own words. */
  String text() {
    String words = words();
    return NotificationNames.of(code, subcode) + (words.isEmpty() ? "" : " (" + words + ")");
  }

  /** The shutdown communication (RFC 9003), without anything that breaks a line. */
  private String words() {
    boolean spoken =
        code == CEASE && (subcode == ADMINISTRATIVE_SHUTDOWN || subcode == ADMINISTRATIVE_RESET);
    if (!spoken || data.length() == 0 || data.getUnsignedByte(0) > data.length() - 1) {
      return "";
    }
    byte[] text = data.getBytes(1, 1 + data.getUnsignedByte(0));
    return new String(text, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
  }
}
