package io.tagway.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the HTTP decoder behind a request that offers another protocol. What the client
 * sends next may be either, so it is kept as it is until the answer tells: then it goes on to the
 * next handler, be that a decoder again or the end of a tunnel. Used by one event loop.
 */
final class UpgradeHold extends ChannelInboundHandlerAdapter {
  /** A client has to wait for the answer anyway; beyond this it is not read from. */
  private static final int MOST_BYTES = 64 << 10;

  private @Nullable ByteBuf early;

  /** Takes the decoder's place; what that has not decoded yet is kept as well. */
  static UpgradeHold begin(ChannelHandlerContext context) {
    UpgradeHold hold = new UpgradeHold();
    context.pipeline().replace(RequestDecoder.NAME, "upgradeHold", hold);
    return hold;
  }

  /** The answer was an ordinary one: goes on with HTTP. */
  void resume(ChannelHandlerContext context, LargeHeads heads) {
    if (context.channel().isActive() && context.pipeline().get(UpgradeHold.class) == this) {
      context.pipeline().replace(this, RequestDecoder.NAME, new RequestDecoder(heads));
      context.channel().config().setAutoRead(true);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf piece) {
      // Together: each piece lies in a buffer that may be much larger than what was read into it.
      ByteBuf before = early;
      ByteBuf all =
          before == null
              ? piece
              : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), before, piece);
      early = all;
      if (all.readableBytes() > MOST_BYTES) {
        context.channel().config().setAutoRead(false);
      }
    } else {
      context.fireChannelRead(message);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    ByteBuf all = early;
    if (all != null) {
      early = null;
      context.fireChannelRead(all);
      context.fireChannelReadComplete();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ByteBuf all = early;
    if (all != null) {
      early = null;
      all.release();
    }
    context.fireChannelInactive();
  }
}
