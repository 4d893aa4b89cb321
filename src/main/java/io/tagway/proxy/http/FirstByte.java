package io.tagway.proxy.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Sits before the HTTP decoder and notices when a client begins to send. */
final class FirstByte extends ChannelInboundHandlerAdapter {
  private final ClientTimers timers;

  FirstByte(ClientTimers timers) {
    this.timers = timers;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    timers.bytesArrived();
    context.fireChannelRead(message);
  }
}
