package io.tagway.proxy;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** RFC 1952 around the JDK's deflate, which is zlib. */
final class GzipEncoder implements Encoder {
  /** zlib's default, and so Fabio's. */
  private static final int LEVEL = 6;

  /** Magic number, deflate; no flags, no time, nothing about the level, system unknown. */
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private final ByteBuffer scratch;
  private final Deflater deflater = new Deflater(LEVEL, true);
  private final CRC32 crc = new CRC32();
  private boolean begun;

  /**
   * @param scratch direct; its content is nobody's
   */
  GzipEncoder(ByteBuffer scratch) {
    this.scratch = scratch;
  }

  @Override
  public void encode(ByteBuffer piece, ByteBuf out) {
    crc.update(piece.duplicate());
    deflater.setInput(piece);
    drain(Deflater.NO_FLUSH, out);
  }

  @Override
  public void flush(ByteBuf out) {
    drain(Deflater.SYNC_FLUSH, out);
  }

  @Override
  public void end(ByteBuf out) {
    deflater.finish();
    drain(Deflater.NO_FLUSH, out);
    out.writeIntLE((int) crc.getValue());
    out.writeIntLE((int) deflater.getBytesRead());
  }

  /** A buffer that is not filled up says that there is no more. */
  private void drain(int mode, ByteBuf out) {
    do {
      scratch.clear();
      deflater.deflate(scratch, mode);
      if (!begun && scratch.position() > 0) {
        // Not before, so that a short body comes out in one piece.
        begun = true;
        out.writeBytes(HEADER);
      }
      out.writeBytes(scratch.flip());
    } while (scratch.limit() == scratch.capacity());
  }

  @Override
  public void close() {
    deflater.end();
  }
}
