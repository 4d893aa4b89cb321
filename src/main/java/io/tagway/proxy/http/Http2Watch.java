package io.tagway.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.AsciiString;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sees the frames of a client before Vert.x does. It refuses what must not get into a head of
 * HTTP/1, for which Netty checks names only in part and values not at all; it notes what Vert.x
 * does not tell: whether a body follows a head, and what ended it; and it ends connections that
 * keep the router busy with frames that ask for nothing. Used by one event loop.
 */
final class Http2Watch extends Http2FrameListenerDecorator {
  /** Clients send a handful of these in the life of a connection, gRPC a few for each second. */
  private static final int CONTROL_FRAMES_PER_SECOND = 500;

  /** Not ours to pass on: the extended CONNECT of RFC 8441, which no setting has offered. */
  private static final AsciiString PROTOCOL = Http2Headers.PseudoHeaderName.PROTOCOL.value();

  private static final long SECOND_NANOS = 1_000_000_000L;

  private final Http2Client client;
  private long second = System.nanoTime();
  private int controlFrames;

  Http2Watch(Http2FrameListener next, Http2Client client) {
    super(next);
    this.client = client;
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context, int streamId, Http2Headers headers, int padding, boolean end)
      throws Http2Exception {
    head(streamId, headers, end);
    super.onHeadersRead(context, streamId, headers, padding, end);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context,
      int streamId,
      Http2Headers headers,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean end)
      throws Http2Exception {
    head(streamId, headers, end);
    super.onHeadersRead(context, streamId, headers, dependency, weight, exclusive, padding, end);
  }

  private void head(int streamId, Http2Headers headers, boolean end) throws Http2Exception {
    check(streamId, headers);
    long bytes = HeadBudget.cost(headers);
    boolean taken;
    if (client.isOpen(streamId)) {
      taken = client.trailers(streamId, bytes, trailers(headers));
      if (end) {
        client.complete(streamId);
      }
    } else {
      name(headers);
      taken = client.opens(streamId, bytes, headers.get(HttpHeaderNames.CONTENT_LENGTH), end);
    }
    if (!taken) {
      throw Http2Exception.streamError(
          streamId, Http2Error.ENHANCE_YOUR_CALM, "no memory for the head");
    }
  }

  /** Malformed, RFC 9113 section 8.2.1: the stream is reset. */
  private static void check(int streamId, Http2Headers headers) throws Http2Exception {
    for (Map.Entry<CharSequence, CharSequence> line : headers) {
      CharSequence name = line.getKey();
      boolean pseudo = name.length() > 0 && name.charAt(0) == ':';
      if (name.length() == 0
          || (!pseudo && HttpHeaderValidationUtil.validateToken(name) >= 0)
          || (pseudo && PROTOCOL.contentEquals(name))
          || HttpHeaderValidationUtil.validateValidHeaderValue(line.getValue()) >= 0) {
        throw Http2Exception.streamError(
            streamId, Http2Error.PROTOCOL_ERROR, "malformed header %s", name);
      }
    }
    CharSequence path = headers.path();
    if (path != null && !isOrigin(path)) {
      throw Http2Exception.streamError(streamId, Http2Error.PROTOCOL_ERROR, "malformed path");
    }
    CharSequence method = headers.method();
    if (method != null && HttpHeaderValidationUtil.validateToken(method) >= 0) {
      throw Http2Exception.streamError(streamId, Http2Error.PROTOCOL_ERROR, "malformed method");
    }
  }

  /** The only forms there are, RFC 9113 section 8.3.1; a host in it would be another one. */
  private static boolean isOrigin(CharSequence path) {
    return path.length() > 0
        && (path.charAt(0) == '/' || (path.length() == 1 && path.charAt(0) == '*'));
  }

  /** Lets the host be found in either place; Vert.x refuses two that differ. */
  private static void name(Http2Headers headers) {
    @Nullable CharSequence authority = headers.authority();
    @Nullable CharSequence host = headers.get(HttpHeaderNames.HOST);
    if (authority == null && host != null) {
      headers.authority(host);
    } else if (host == null && authority != null) {
      headers.add(HttpHeaderNames.HOST, authority);
    }
  }

  private static HttpHeaders trailers(Http2Headers headers) {
    HttpHeaders trailers = HeaderLines.unchecked();
    for (Map.Entry<CharSequence, CharSequence> line : headers) {
      trailers.add(line.getKey(), line.getValue());
    }
    return trailers;
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext context, int streamId, ByteBuf data, int padding, boolean end)
      throws Http2Exception {
    if (end) {
      client.complete(streamId);
    }
    return super.onDataRead(context, streamId, data, padding, end);
  }

  @Override
  public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings)
      throws Http2Exception {
    count();
    super.onSettingsRead(context, settings);
  }

  @Override
  public void onPingRead(ChannelHandlerContext context, long data) throws Http2Exception {
    count();
    super.onPingRead(context, data);
  }

  @Override
  public void onPriorityRead(
      ChannelHandlerContext context, int streamId, int dependency, short weight, boolean exclusive)
      throws Http2Exception {
    count();
    super.onPriorityRead(context, streamId, dependency, weight, exclusive);
  }

  @Override
  public void onUnknownFrame(
      ChannelHandlerContext context, byte type, int streamId, Http2Flags flags, ByteBuf payload)
      throws Http2Exception {
    count();
    super.onUnknownFrame(context, type, streamId, flags, payload);
  }

  private void count() throws Http2Exception {
    long now = System.nanoTime();
    if (now - second > SECOND_NANOS) {
      second = now;
      controlFrames = 0;
    }
    if (++controlFrames > CONTROL_FRAMES_PER_SECOND) {
      throw Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "too many control frames");
    }
  }
}
