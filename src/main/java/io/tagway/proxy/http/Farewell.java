package io.tagway.proxy.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.net.impl.ShutdownEvent;

/**
 * Stands before the protocol and hears that its listener is being drained. Vert.x would close
 * connections between two requests at once, and the next request that is on its way with them; here
 * a client is told first, see {@link ClientConnection#leave}.
 */
final class Farewell extends ChannelInboundHandlerAdapter {
  private final ClientConnection client;

  Farewell(ClientConnection client) {
    this.client = client;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ShutdownEvent shutdown && !shutdown.timeout().isZero()) {
      client.leave(shutdown.timeout());
    } else {
      context.fireUserEventTriggered(event);
    }
  }
}
