package io.tagway.proxy.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.vertx.core.http.impl.tcp.Http1xOrH2CHandler;

/**
 * Sees the first head of a connection before Vert.x looks whether it offers h2c. One that is no
 * request of HTTP/2 loses its offer, and is answered in HTTP/1 as it would be without: Vert.x would
 * fail in the middle of the change. Goes with that head.
 */
final class H2cOffer extends ChannelInboundHandlerAdapter {
  private H2cOffer() {}

  /** Waits for a connection without TLS to show that it speaks HTTP/1. */
  static void watch(Channel channel) {
    channel.pipeline().addLast("firstBytes", new FirstBytes());
  }

  /** Comes before all handlers of Vert.x, which add others when they see bytes. */
  private static final class FirstBytes extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ChannelPipeline pipeline = context.pipeline();
      ChannelHandlerContext choice = pipeline.context(Http1xOrH2CHandler.class);
      if (choice != null) {
        pipeline.addAfter(choice.name(), "chosen", new Chosen());
      }
      pipeline.remove(this);
      context.fireChannelRead(message);
    }
  }

  /** Comes behind the one that chooses between HTTP/1 and HTTP/2. */
  private static final class Chosen extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ChannelPipeline pipeline = context.pipeline();
      if (pipeline.get("h2c") != null) {
        pipeline.addBefore("h2c", "h2cOffer", new H2cOffer());
      }
      pipeline.remove(this);
      context.fireChannelRead(message);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      if (request.headers().contains(HttpHeaderNames.UPGRADE) && !fits(request)) {
        request.headers().remove(HttpHeaderNames.UPGRADE);
      }
      context.pipeline().remove(this);
    }
    context.fireChannelRead(message);
  }

  private static boolean fits(HttpRequest request) {
    return request.decoderResult().isSuccess()
        && !request.headers().contains("")
        && request.headers().getAll(HttpHeaderNames.HOST).size() == 1
        && (request.uri().startsWith("/") || request.uri().equals("*"));
  }
}
