package io.tagway.proxy;

import com.aayushatharva.brotli4j.encoder.Encoder.Mode;
import com.aayushatharva.brotli4j.encoder.EncoderJNI;
import com.aayushatharva.brotli4j.encoder.EncoderJNI.Operation;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;

/** RFC 7932, by Google's encoder. */
final class BrotliEncoder implements Encoder {
  /** The best that keeps up with gzip's default; higher ones are for files made once. */
  private static final int QUALITY = 4;

  /** 256 KiB of history, as much as memory for thousands of streams allows. */
  private static final int WINDOW_BITS = 18;

  private final EncoderJNI.Wrapper encoder;
  private boolean closed;

  /**
   * @param pieceBytes the largest piece that it is given
   */
  BrotliEncoder(int pieceBytes) {
    try {
      this.encoder = new EncoderJNI.Wrapper(pieceBytes, QUALITY, WINDOW_BITS, Mode.GENERIC);
    } catch (IOException noMemory) {
      throw new IllegalStateException("brotli", noMemory);
    }
  }

  @Override
  public void encode(ByteBuffer piece, ByteBuf out) {
    int bytes = piece.remaining();
    ByteBuffer input = encoder.getInputBuffer();
    input.clear();
    input.put(piece);
    run(Operation.PROCESS, bytes, out);
  }

  @Override
  public void flush(ByteBuf out) {
    run(Operation.FLUSH, 0, out);
  }

  @Override
  public void end(ByteBuf out) {
    run(Operation.FINISH, 0, out);
  }

  private void run(Operation operation, int bytes, ByteBuf out) {
    encoder.push(operation, bytes);
    while (true) {
      if (!encoder.isSuccess()) {
        throw new IllegalStateException("brotli failed");
      }
      if (encoder.hasMoreOutput()) {
        out.writeBytes(encoder.pull());
      } else if (encoder.hasRemainingInput()) {
        encoder.push(operation, 0);
      } else {
        return;
      }
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      encoder.destroy();
    }
  }
}
