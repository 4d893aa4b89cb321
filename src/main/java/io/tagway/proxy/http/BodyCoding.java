package io.tagway.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.tagway.proxy.Encoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;

/**
 * The body of one answer on its way through an encoder. Whoever opens one closes it, however the
 * answer ends. Used by one event loop.
 */
final class BodyCoding implements AutoCloseable {
  /**
   * Bytes of one answer that are compressed before others get their turn: a millisecond or two of
   * gzip.
   */
  static final int TURN_BYTES = 32 << 10;

  private final Encoder encoder;
  private final ByteBuffer piece;
  private final boolean streamed;
  private final Runnable closed;
  private boolean open = true;
  private boolean holds;
  private int turn;

  /**
   * @param piece direct, shared by the event loop
   * @param streamed whether what comes goes out at once
   * @param closed told once
   */
  BodyCoding(Encoder encoder, ByteBuffer piece, boolean streamed, Runnable closed) {
    this.encoder = encoder;
    this.piece = piece;
    this.streamed = streamed;
    this.closed = closed;
  }

  /** Compresses a piece of the body and releases it; what comes of it may be nothing for now. */
  Buffer encode(ByteBuf plain) {
    try {
      turn += plain.readableBytes();
      ByteBuf out = Unpooled.buffer();
      while (plain.isReadable()) {
        piece.clear().limit(Math.min(piece.capacity(), plain.readableBytes()));
        plain.readBytes(piece);
        encoder.encode(piece.flip(), out);
        holds = true;
      }
      return BufferInternal.buffer(out);
    } finally {
      plain.release();
    }
  }

  /** Whether this answer has had its turn; asking begins the next. */
  boolean hadItsTurn() {
    boolean had = turn >= TURN_BYTES;
    if (had) {
      turn = 0;
    }
    return had;
  }

  /** Nothing follows for now: what is held back, if it is not to wait. */
  Buffer pause() {
    turn = 0;
    if (!streamed || !holds) {
      return Buffer.buffer();
    }
    holds = false;
    ByteBuf out = Unpooled.buffer();
    encoder.flush(out);
    return BufferInternal.buffer(out);
  }

  /** The end of the body. */
  Buffer end() {
    ByteBuf out = Unpooled.buffer();
    encoder.end(out);
    return BufferInternal.buffer(out);
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      encoder.close();
      closed.run();
    }
  }
}
