package io.tagway.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.util.NetUtil;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.net.TcpOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** What all connections to targets begin with: Vert.x's transport and name resolver, no client. */
public final class TargetSockets {
  private TargetSockets() {}

  /**
   * A bootstrap without group and handler. It sets no limit to the time of connecting: whoever
   * dials has a timer, which covers the resolving of a name as well.
   *
   * @param keepAliveSeconds period of TCP keep-alive probes
   */
  public static Bootstrap bootstrap(Vertx vertx, int keepAliveSeconds) {
    VertxInternal internal = (VertxInternal) vertx;
    TcpConfig config =
        new TcpConfig()
            .setSoKeepAlive(true)
            .setOption(TcpOption.NODELAY, true)
            .setOption(TcpOption.KEEPIDLE, keepAliveSeconds)
            .setOption(TcpOption.KEEPINTVL, keepAliveSeconds);
    Bootstrap bootstrap =
        new Bootstrap()
            .channelFactory(internal.transport().channelFactory(false))
            .resolver(internal.nameResolver().nettyAddressResolverGroup());
    internal.transport().configure(config, false, bootstrap);
    return bootstrap.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
  }

  /** An IP address is taken as it is, a name is left to the resolver. */
  public static InetSocketAddress address(String host, int port) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
    if (bytes == null) {
      return InetSocketAddress.createUnresolved(host, port);
    }
    try {
      return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
