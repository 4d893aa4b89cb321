package io.tagway.proxy;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/**
 * Compresses one body. Holds memory outside of the heap until it is closed, so whoever opens one
 * closes it whatever happens to the body. Used by one event loop; blocks for as long as the work
 * takes, so pieces should be small.
 */
public interface Encoder extends AutoCloseable {
  /**
   * Takes a piece of the body.
   *
   * @param piece direct, read to its end
   * @param out gets what comes of it; often nothing for now
   */
  void encode(ByteBuffer piece, ByteBuf out);

  /** Writes what is held back, so that all that was taken can be decoded. */
  void flush(ByteBuf out);

  /** Writes what is held back and the end of the body. */
  void end(ByteBuf out);

  /** Frees its memory; the second time nothing happens. */
  @Override
  void close();
}
