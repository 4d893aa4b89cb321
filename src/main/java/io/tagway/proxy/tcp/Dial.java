package io.tagway.proxy.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.tagway.proxy.TargetSockets;
import io.tagway.route.Target;
import io.vertx.core.internal.VertxInternal;

/**
 * Opens connections to targets on the event loop of the client, with Vert.x's transport and name
 * resolver. Not with its client, which reads as soon as it is connected and knows no half-closed
 * connections.
 */
final class Dial {
  private final Bootstrap template;

  /**
   * @param keepAliveSeconds period of TCP keep-alive probes
   */
  Dial(VertxInternal vertx, int keepAliveSeconds) {
    template =
        TargetSockets.bootstrap(vertx, keepAliveSeconds)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.ALLOW_HALF_CLOSURE, true);
  }

  /** Begins to connect; closing the channel stops it. */
  ChannelFuture connect(Channel client, Target target, ChannelHandler handler) {
    return template
        .clone(client.eventLoop())
        .option(ChannelOption.ALLOCATOR, client.alloc())
        .handler(handler)
        .connect(TargetSockets.address(target.host(), target.port()));
  }
}
