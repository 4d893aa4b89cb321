package io.tagway.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.impl.http1.VertxHttpRequestDecoder;
import java.util.List;

/**
 * The decoder of Vert.x, with an eye on the memory that heads take: it alone knows which bytes are
 * those of a head, or of trailers. One for which there is no memory becomes an invalid request, and
 * nothing behind it is read. Used by one event loop.
 */
final class RequestDecoder extends VertxHttpRequestDecoder {
  /** As Vert.x names it. */
  static final String NAME = "httpDecoder";

  private static final int PIECE_BYTES = 64 << 10;

  private final LargeHeads heads;
  private boolean inHead = true;
  private boolean refused;

  RequestDecoder(LargeHeads heads) {
    super(config());
    this.heads = heads;
  }

  /** What is allowed. */
  static Http1ServerConfig config() {
    return new Http1ServerConfig()
        .setMaxInitialLineLength(HttpListener.HEAD_BYTES)
        .setMaxHeaderSize(HttpListener.HEAD_BYTES)
        .setMaxChunkSize(PIECE_BYTES);
  }

  /** Takes the place of Vert.x's own, which has decoded nothing yet. */
  static void install(Channel channel, LargeHeads heads) {
    if (channel.pipeline().get(RequestDecoder.class) == null) {
      channel.pipeline().replace(NAME, NAME, new RequestDecoder(heads));
    }
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    if (refused) {
      in.skipBytes(in.readableBytes());
      return;
    }
    boolean wasInHead = inHead;
    int from = in.readerIndex();
    int before = out.size();
    if (inHead) {
      decodeHead(context, in, out);
    } else {
      super.decode(context, in, out);
    }
    int bytes = in.readerIndex() - from;
    boolean taken =
        out.size() == before ? heads.arrived(in, from, from + bytes) : decoded(out, before, bytes);
    if (!taken) {
      refuse(context, out, before, wasInHead ? nothing() : new DefaultLastHttpContent());
    }
  }

  /** Decodes little at a time, so that little is done in vain if there is no memory for more. */
  private void decodeHead(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    int from = in.readerIndex();
    int to = in.writerIndex();
    int before = out.size();
    // A line must be there as a whole.
    for (int bytes = HeadBudget.SMALL;
        in.readerIndex() == from && out.size() == before;
        bytes *= 2) {
      in.writerIndex(Math.min(to, from + bytes));
      try {
        super.decode(context, in, out);
      } finally {
        in.writerIndex(to);
      }
      if (from + bytes >= to) {
        return;
      }
    }
  }

  /** What gives nothing yet belongs to a head, to trailers, or is the few bytes before a chunk. */
  private boolean decoded(List<Object> out, int first, int bytes) {
    Object end = out.get(out.size() - 1);
    inHead = end instanceof LastHttpContent;
    if (out.get(first) instanceof HttpRequest request) {
      return heads.ended(request.headers(), bytes);
    }
    if (end instanceof LastHttpContent last) {
      return heads.ended(last.trailingHeaders(), bytes);
    }
    heads.passed();
    return true;
  }

  private static HttpObject nothing() {
    return new DefaultFullHttpRequest(
        HttpVersion.HTTP_1_1, HttpMethod.GET, "/", Unpooled.EMPTY_BUFFER);
  }

  /** Keeps nothing of what was read: others need the memory now, not when this client is gone. */
  private void refuse(
      ChannelHandlerContext context, List<Object> out, int first, HttpObject instead)
      throws Exception {
    refused = true;
    while (out.size() > first) {
      ReferenceCountUtil.release(out.remove(out.size() - 1));
    }
    reset();
    super.decode(context, Unpooled.EMPTY_BUFFER, out); // does so only now
    heads.passed();
    instead.setDecoderResult(DecoderResult.failure(new TooLongHttpHeaderException("no memory")));
    out.add(instead);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    super.channelInactive(context);
    heads.closed();
  }
}
