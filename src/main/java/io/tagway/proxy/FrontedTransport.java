package io.tagway.proxy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.spi.transport.Transport;

/** Another transport, with a front before the handlers of every server. */
final class FrontedTransport extends DelegatingTransport {
  private final Front front;

  FrontedTransport(Transport delegate, Front front) {
    super(delegate);
    this.front = front;
  }

  @Override
  public void configure(TcpConfig options, boolean domainSocket, ServerBootstrap bootstrap) {
    super.configure(options, domainSocket, bootstrap);
    ChannelHandler protocol = bootstrap.config().childHandler();
    bootstrap.childHandler(
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            front.meet(channel, () -> channel.pipeline().addLast(protocol));
          }
        });
  }
}
