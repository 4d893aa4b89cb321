package io.tagway.proxy;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/** RFC 8878, by its authors' library. */
final class ZstdEncoder implements Encoder {
  private static final int LEVEL = 3;

  /** 512 KiB of history; clients take up to 8 MiB (RFC 9659), memory for thousands does not. */
  private static final int WINDOW_LOG = 19;

  private static final int TABLE_LOG = 16;
  private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

  private final ByteBuffer scratch;
  private final ZstdCompressCtx context = new ZstdCompressCtx();

  /**
   * @param scratch direct; its content is nobody's
   */
  ZstdEncoder(ByteBuffer scratch) {
    this.scratch = scratch;
    context
        .setLevel(LEVEL)
        .setWindowLog(WINDOW_LOG)
        .setHashLog(TABLE_LOG)
        .setChainLog(TABLE_LOG)
        .setContentSize(false);
  }

  @Override
  public void encode(ByteBuffer piece, ByteBuf out) {
    while (piece.hasRemaining()) {
      step(piece, EndDirective.CONTINUE, out);
    }
  }

  @Override
  public void flush(ByteBuf out) {
    finish(EndDirective.FLUSH, out);
  }

  @Override
  public void end(ByteBuf out) {
    finish(EndDirective.END, out);
  }

  private void finish(EndDirective how, ByteBuf out) {
    boolean done = false;
    while (!done) {
      done = step(NOTHING.duplicate(), how, out);
    }
  }

  private boolean step(ByteBuffer piece, EndDirective how, ByteBuf out) {
    scratch.clear();
    boolean done = context.compressDirectByteBufferStream(scratch, piece, how);
    out.writeBytes(scratch.flip());
    return done;
  }

  @Override
  public void close() {
    context.close();
  }
}
