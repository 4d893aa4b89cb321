package io.tagway.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries one exchange on one stream of HTTP/2, for a handler behind it that knows HTTP/1 messages.
 * Netty's own translator adds headers of its invention and checks each line once more.
 */
final class StreamCodec extends ChannelDuplexHandler {
  private static final AsciiString HTTPS = AsciiString.cached("https");
  private static final AsciiString HTTP = AsciiString.cached("http");

  private final boolean tls;
  private boolean headSeen;

  StreamCodec(boolean tls) {
    this.tls = tls;
  }

  // ---- the answer

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof Http2HeadersFrame headers) {
      readHeaders(context, headers);
    } else if (message instanceof Http2DataFrame data) {
      // The content is handed on with the one reference the frame has.
      context.fireChannelRead(
          data.isEndStream()
              ? new DefaultLastHttpContent(data.content(), EmptyHttpHeaders.INSTANCE)
              : new DefaultHttpContent(data.content()));
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  private void readHeaders(ChannelHandlerContext context, Http2HeadersFrame frame) {
    HttpHeaders lines = HeaderLines.unchecked();
    for (Map.Entry<CharSequence, CharSequence> line : frame.headers()) {
      if (!Http2Headers.PseudoHeaderName.hasPseudoHeaderFormat(line.getKey())) {
        lines.add(line.getKey(), line.getValue());
      }
    }
    if (headSeen) {
      context.fireChannelRead(new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER, lines));
      return;
    }
    int status = status(frame.headers().status());
    boolean interim = status >= 100 && status < 200;
    headSeen = !interim;
    context.fireChannelRead(
        new DefaultHttpResponse(
            HttpVersion.HTTP_1_1,
            status < 0 ? new HttpResponseStatus(0, "") : HttpResponseStatus.valueOf(status),
            lines));
    if (interim || frame.isEndStream()) {
      context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
    }
  }

  /** Three digits (RFC 9110, section 15), or less than zero. */
  private static int status(@Nullable CharSequence text) {
    if (text == null || text.length() != 3) {
      return -1;
    }
    int status = 0;
    for (int i = 0; i < 3; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      status = status * 10 + digit;
    }
    return status;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof Http2ResetFrame reset) {
      context.fireExceptionCaught(StreamReset.of(reset.errorCode()));
    } else if (event instanceof Http2GoAwayFrame goAway) {
      context.fireExceptionCaught(StreamReset.goAway(goAway.errorCode()));
      goAway.release();
    } else {
      context.fireUserEventTriggered(event);
    }
  }

  // ---- the request

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpRequest request) {
      // Only a request without a body comes in one piece with its end.
      boolean whole = message instanceof LastHttpContent;
      Http2Headers lines = headers(request, tls);
      var unused = context.write(new DefaultHttp2HeadersFrame(lines, whole), promise);
      ReferenceCountUtil.release(message);
    } else if (message instanceof LastHttpContent last && !last.trailingHeaders().isEmpty()) {
      if (last.content().isReadable()) {
        var unused = context.write(new DefaultHttp2DataFrame(last.content()), context.newPromise());
      } else {
        last.release();
      }
      Http2Headers trailers = lines(last.trailingHeaders());
      var unused = context.write(new DefaultHttp2HeadersFrame(trailers, true), promise);
    } else {
      ByteBuf piece = ((HttpContent) message).content();
      boolean ends = message instanceof LastHttpContent;
      var unused = context.write(new DefaultHttp2DataFrame(piece, ends), promise);
    }
  }

  /** The head of a request as it is written, pseudo headers first. */
  static Http2Headers headers(HttpRequest request, boolean tls) {
    Http2Headers out =
        lines(request.headers())
            .method(request.method().asciiName())
            .scheme(tls ? HTTPS : HTTP)
            .path(request.uri());
    String host = request.headers().get(HeaderName.HOST.text());
    return host == null || host.isEmpty() ? out : out.authority(host);
  }

  /** RFC 9113, sections 8.2.1 and 8.2.2: names in small letters, nothing about the connection. */
  private static Http2Headers lines(HttpHeaders from) {
    Http2Headers out = new DefaultHttp2Headers(false, from.size() + 4);
    var lines = from.iteratorCharSequence();
    while (lines.hasNext()) {
      Map.Entry<CharSequence, CharSequence> line = lines.next();
      HeaderName name = HeaderName.of(line.getKey());
      boolean passes =
          name == HeaderName.TE
              || name == HeaderName.TRAILER
              || (name != HeaderName.HOST && !name.isHopByHop());
      if (passes) {
        out.add(AsciiString.of(line.getKey()).toLowerCase(), line.getValue());
      }
    }
    return out;
  }
}
