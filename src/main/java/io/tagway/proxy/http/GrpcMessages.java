package io.tagway.proxy.http;

import io.netty.buffer.ByteBuf;

/**
 * Looks at the lengths of the messages that pass in one direction of a call: a byte of flags, four
 * of length, the message (gRPC over HTTP/2, "Length-Prefixed-Message"). Pieces may be cut anywhere.
 * The messages themselves are nobody's business, compressed or not.
 */
final class GrpcMessages {
  private static final int PREFIX_BYTES = 5;

  /** What {@link #over} gives if nothing is too long. */
  static final long NONE = -1;

  private final int mostBytes;
  private int prefixSeen;
  private long length;
  private long left;

  /**
   * @param mostBytes the longest message that may pass
   */
  GrpcMessages(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** The length of the first message in this piece that is too long, or {@link #NONE}. */
  long over(ByteBuf piece) {
    int at = piece.readerIndex();
    int end = piece.writerIndex();
    while (at < end) {
      if (left > 0) {
        int skipped = (int) Math.min(left, end - at);
        left -= skipped;
        at += skipped;
      } else {
        int next = piece.getUnsignedByte(at++);
        length = prefixSeen == 0 ? 0 : length << Byte.SIZE | next;
        if (++prefixSeen == PREFIX_BYTES) {
          prefixSeen = 0;
          left = length;
          if (length > mostBytes) {
            return length;
          }
        }
      }
    }
    return NONE;
  }
}
