package io.tagway.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/**
 * Sits before the HTTP decoder: notices when a client begins to send, and ends a head for which
 * there is no memory.
 */
final class FirstByte extends ChannelInboundHandlerAdapter {
  private final Http1Client client;
  private final ClientTimers timers;
  private boolean refused;

  FirstByte(Http1Client client) {
    this.client = client;
    this.timers = client.timers();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    timers.bytesArrived();
    if (refused) {
      ReferenceCountUtil.release(message);
    } else if (timers.isInHead()
        && message instanceof ByteBuf bytes
        && !client.largeHeads().arrived(bytes)) {
      refused = true;
      bytes.release();
      client.refuseHead(context);
    } else {
      context.fireChannelRead(message);
    }
  }
}
