package io.tagway.proxy.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.vertx.core.http.impl.tcp.Http1xOrH2CHandler;

/**
 * Sees the first head of a connection before Vert.x looks whether it offers h2c. One that is no
 * request of HTTP/2 loses its offer, and is answered in HTTP/1 as it would be without: Vert.x would
 * fail in the middle of the change. Goes with that head. Until then nobody else watches the memory
 * that it takes, so the decoder that does so is put in place here.
 */
final class H2cOffer {
  private final HeadBudget heads;

  H2cOffer(HeadBudget heads) {
    this.heads = heads;
  }

  /** Waits for a connection without TLS to show that it speaks HTTP/1. */
  void watch(Channel channel) {
    channel.pipeline().addLast("firstBytes", new FirstBytes());
  }

  /** Comes before all handlers of Vert.x, which add others when they see bytes. */
  private final class FirstBytes extends ChannelInboundHandlerAdapter {
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
  private final class Chosen extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ChannelPipeline pipeline = context.pipeline();
      if (pipeline.get("h2c") != null) {
        pipeline.addBefore("h2c", "h2cOffer", new Judge());
        RequestDecoder.install(context.channel(), LargeHeads.of(context.channel(), heads));
      }
      pipeline.remove(this);
      context.fireChannelRead(message);
    }
  }

  /** Comes before the one that takes the offer up. */
  private static final class Judge extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest request) {
        if (offers(request) && !fits(request)) {
          request.headers().remove(HttpHeaderNames.UPGRADE);
        }
        context.pipeline().remove(this);
      }
      context.fireChannelRead(message);
    }

    /** As Vert.x asks. */
    private static boolean offers(HttpRequest request) {
      return request
          .headers()
          .contains(HttpHeaderNames.UPGRADE, Http2CodecUtil.HTTP_UPGRADE_PROTOCOL_NAME, true);
    }

    private static boolean fits(HttpRequest request) {
      return request.decoderResult().isSuccess()
          && !request.headers().contains(HeadGuard.NAMELESS)
          && request.headers().getAll(HttpHeaderNames.HOST).size() == 1
          && (request.uri().startsWith("/") || request.uri().equals("*"));
    }
  }
}
