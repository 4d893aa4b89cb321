package io.tagway.bgp;

import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/**
 * Cuts a byte stream into messages, however it arrives. Any bytes lead to messages or to one
 * complaint; after that nothing more is read.
 */
final class MessageStream {
  /** What the stream held. */
  sealed interface Found {
    record Message(BgpMessage message) implements Found {}

    /** The stream cannot be read any further; the peer is owed this answer. */
    record Fault(Notification answer) implements Found {}
  }

  private Buffer pending = Buffer.buffer();
  private boolean broken;

  void feed(Buffer chunk, Consumer<Found> sink) {
    pending.appendBuffer(chunk);
    int at = 0;
    try {
      while (!broken && pending.length() - at >= BgpMessage.HEADER_BYTES) {
        int length = length(pending, at);
        if (pending.length() - at < length) {
          break;
        }
        BgpMessage message = BgpMessage.read(pending.getBuffer(at, at + length));
        at += length;
        sink.accept(new Found.Message(message));
      }
    } catch (Malformed malformed) {
      broken = true;
      sink.accept(new Found.Fault(malformed.answer()));
    }
    pending = broken ? Buffer.buffer() : pending.getBuffer(at, pending.length());
  }

  /** Checks a header (RFC 4271, section 6.1) and returns the length of its message. */
  private static int length(Buffer buffer, int at) throws Malformed {
    for (int i = 0; i < BgpMessage.MARKER_BYTES; i++) {
      if (buffer.getUnsignedByte(at + i) != 0xff) {
        throw new Malformed(Notification.notSynchronized());
      }
    }
    int length = buffer.getUnsignedShort(at + BgpMessage.MARKER_BYTES);
    int type = buffer.getUnsignedByte(at + BgpMessage.HEADER_BYTES - 1);
    if (length < BgpMessage.HEADER_BYTES || length > BgpMessage.LIMIT_BYTES) {
      throw new Malformed(Notification.badLength(length));
    }
    if (!lengthFits(type, length)) {
      throw new Malformed(
          known(type) ? Notification.badLength(length) : Notification.badType(type));
    }
    return length;
  }

  private static boolean known(int type) {
    return type >= Open.TYPE && type <= RouteRefresh.TYPE;
  }

  private static boolean lengthFits(int type, int length) {
    return switch (type) {
      case Open.TYPE -> length >= 29;
      case Update.TYPE, RouteRefresh.TYPE -> length >= 23;
      case Notification.TYPE -> length >= 21;
      case KeepAlive.TYPE -> length == BgpMessage.HEADER_BYTES;
      default -> false;
    };
  }
}
