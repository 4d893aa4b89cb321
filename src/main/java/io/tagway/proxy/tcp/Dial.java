package io.tagway.proxy.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.util.NetUtil;
import io.tagway.route.Target;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.net.TcpOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

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
    TcpConfig config =
        new TcpConfig()
            .setSoKeepAlive(true)
            .setOption(TcpOption.NODELAY, true)
            .setOption(TcpOption.KEEPIDLE, keepAliveSeconds)
            .setOption(TcpOption.KEEPINTVL, keepAliveSeconds);
    template =
        new Bootstrap()
            .channelFactory(vertx.transport().channelFactory(false))
            .resolver(vertx.nameResolver().nettyAddressResolverGroup());
    vertx.transport().configure(config, false, template);
    template
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
        // Whoever dials has a timer, which covers the resolving of a name as well.
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
  }

  /** Begins to connect; closing the channel stops it. */
  ChannelFuture connect(Channel client, Target target, ChannelHandler handler) {
    return template
        .clone(client.eventLoop())
        .option(ChannelOption.ALLOCATOR, client.alloc())
        .handler(handler)
        .connect(address(target));
  }

  private static InetSocketAddress address(Target target) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(target.host());
    if (bytes == null) {
      return InetSocketAddress.createUnresolved(target.host(), target.port());
    }
    try {
      return new InetSocketAddress(InetAddress.getByAddress(bytes), target.port());
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
