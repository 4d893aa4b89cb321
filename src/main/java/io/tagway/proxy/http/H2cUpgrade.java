package io.tagway.proxy.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import org.jspecify.annotations.Nullable;

/**
 * Brings the request that came in HTTP/1 with {@code Upgrade: h2c} (RFC 7540 section 3.2) the way
 * that the requests after it come. Vert.x makes frames of it, a head that never ends the stream and
 * data that does, and hands them to its connection directly. Goes when that request is complete.
 * Used by one event loop.
 */
final class H2cUpgrade extends ChannelInboundHandlerAdapter {
  private static final int STREAM = 1;

  private final Http2FrameListener to;
  private @Nullable Http2HeadersFrame head;

  private H2cUpgrade(Http2FrameListener to) {
    this.to = to;
  }

  static void install(ChannelPipeline pipeline, Http2FrameListener to) {
    pipeline.addBefore("handler", "h2cUpgrade", new H2cUpgrade(to));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Http2Exception {
    if (message instanceof Http2HeadersFrame first) {
      head = first;
    } else if (message instanceof Http2DataFrame data) {
      try {
        read(context, data);
      } finally {
        data.release();
      }
    } else {
      context.fireChannelRead(message);
    }
  }

  private void read(ChannelHandlerContext context, Http2DataFrame data) throws Http2Exception {
    boolean whole = data.isEndStream() && !data.content().isReadable();
    Http2HeadersFrame waiting = head;
    if (waiting != null) {
      head = null;
      to.onHeadersRead(context, STREAM, waiting.headers(), 0, whole);
    }
    if (data.isEndStream()) {
      context.pipeline().remove(this);
    }
    if (!whole || waiting == null) {
      to.onDataRead(context, STREAM, data.content(), 0, data.isEndStream());
    }
  }
}
