package io.tagway.bgp;

import io.vertx.core.buffer.Buffer;

/** Walks over a part of a message; running past its end is the message's fault, not a crash. */
final class WireReader {
  private final Buffer buffer;
  private final int end;
  private final Notification shortage;
  private int at;

  private WireReader(Buffer buffer, int at, int end, Notification shortage) {
    this.buffer = buffer;
    this.at = at;
    this.end = end;
    this.shortage = shortage;
  }

  /**
   * @param at where to begin
   * @param shortage what to answer when less is there than was to be read
   */
  static WireReader of(Buffer buffer, int at, Notification shortage) {
    return new WireReader(buffer, at, buffer.length(), shortage);
  }

  int u8() throws Malformed {
    return buffer.getUnsignedByte(advance(1));
  }

  int u16() throws Malformed {
    return buffer.getUnsignedShort(advance(2));
  }

  long u32() throws Malformed {
    return buffer.getUnsignedInt(advance(4));
  }

  byte[] bytes(int count) throws Malformed {
    int from = advance(count);
    return buffer.getBytes(from, from + count);
  }

  Buffer buffer(int count) throws Malformed {
    return Buffer.buffer(bytes(count));
  }

  /** The next bytes as a part of their own, which this reader skips. */
  WireReader part(int count) throws Malformed {
    int from = advance(count);
    return new WireReader(buffer, from, from + count, shortage);
  }

  int left() {
    return end - at;
  }

  private int advance(int count) throws Malformed {
    if (count > end - at) {
      throw new Malformed(shortage);
    }
    int from = at;
    at += count;
    return from;
  }
}
