package io.tagway.testkit;

import com.aayushatharva.brotli4j.decoder.DecoderJNI;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Decodes Brotli as it comes. The stream of the library waits for more than it was asked for, so
 * that it cannot show whether a flush was one.
 */
public final class BrotliStream extends InputStream {
  private final InputStream in;
  private final DecoderJNI.Wrapper decoder;
  private final byte[] encoded = new byte[1 << 13];
  private ByteBuffer plain = ByteBuffer.allocate(0);

  public BrotliStream(InputStream in) throws IOException {
    this.in = in;
    this.decoder = new DecoderJNI.Wrapper(encoded.length);
  }

  private boolean more() throws IOException {
    while (!plain.hasRemaining()) {
      switch (decoder.getStatus()) {
        case OK -> decoder.push(0);
        case NEEDS_MORE_OUTPUT -> plain = decoder.pull();
        case NEEDS_MORE_INPUT -> {
          if (decoder.hasOutput()) {
            plain = decoder.pull();
          } else {
            read(in.read(encoded));
          }
        }
        case DONE -> {
          return false;
        }
        default -> throw new IOException("not brotli");
      }
    }
    return true;
  }

  private void read(int bytes) throws IOException {
    if (bytes < 0) {
      throw new IOException("the end is missing");
    }
    decoder.getInputBuffer().clear().put(encoded, 0, bytes);
    decoder.push(bytes);
  }

  @Override
  public int read() throws IOException {
    return more() ? plain.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!more()) {
      return -1;
    }
    int n = Math.min(length, plain.remaining());
    plain.get(into, offset, n);
    return n;
  }

  @Override
  public void close() throws IOException {
    decoder.destroy();
    in.close();
  }
}
