package io.tagway.proxy.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import io.tagway.proxy.TunnelEnd;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client that speaks HTTP/1: one answer at a time, in the order of the requests. */
final class Http1Client extends ClientConnection {
  /** How long a client may take to read a last answer before its own bytes cause a reset. */
  private static final long LINGER_MILLIS = 500;

  private final ClientTimers timers;
  private final LargeHeads largeHeads;
  private final RequestTrailers trailers = new RequestTrailers();
  private @Nullable Exchange exchange;
  private @Nullable HttpHeaders offering;
  private String offered = "";
  private @Nullable Runnable waiting;
  private boolean last;

  private Http1Client(Channel channel, Peer peer, ClientLimits limits, HeadBudget heads) {
    super(channel, peer);
    this.largeHeads = LargeHeads.of(channel, heads);
    this.timers = new ClientTimers(channel.eventLoop(), limits, this);
  }

  static Http1Client meet(Channel channel, Peer peer, ClientLimits limits, HeadBudget heads) {
    Http1Client client = new Http1Client(channel, peer, limits, heads);
    RequestDecoder.install(channel, client.largeHeads);
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addBefore(RequestDecoder.NAME, "firstByte", new FirstByte(client.timers));
    pipeline.addBefore("handler", "headGuard", new HeadGuard(client));
    pipeline.addBefore("handler", "farewell", new Farewell(client));
    client.timers.connected();
    return client;
  }

  ClientTimers timers() {
    return timers;
  }

  LargeHeads largeHeads() {
    return largeHeads;
  }

  RequestTrailers trailers() {
    return trailers;
  }

  @Nullable Exchange exchange() {
    return exchange;
  }

  @Override
  boolean isAnsweringNoMore() {
    return last;
  }

  @Override
  RequestHead head(HttpServerRequest request) {
    return new RequestHead(
        request.method().name(),
        request.uri(),
        request.version() == io.vertx.core.http.HttpVersion.HTTP_1_0,
        request.headers());
  }

  @Override
  boolean isBehind() {
    return !channel().isWritable();
  }

  @Override
  void onceCaughtUp(HttpServerRequest request, Runnable then) {
    if (!head(request).framing().isEmpty()) {
      request.pause();
    }
    waiting = then;
  }

  /** The client has taken most of what was written. */
  void caughtUp() {
    Runnable next = waiting;
    if (next != null) {
      waiting = null;
      channel().eventLoop().execute(next);
    }
  }

  /**
   * Looks at the head of a request for what it offers.
   *
   * @return whether that is anything; then nothing is read behind this request
   */
  boolean offers(HttpRequest request) {
    offered =
        request.protocolVersion().equals(HttpVersion.HTTP_1_1)
            ? Upgrade.offered(request.headers())
            : "";
    offering = offered.isEmpty() ? null : request.headers();
    return offering != null;
  }

  @Override
  String offered(RequestHead head) {
    return offering != null && (Object) offering == head.headers() ? offered : "";
  }

  @Override
  HttpHeaders trailers(HttpServerRequest request) {
    return trailers.take(request.headers());
  }

  /** The one answer at a time that is written has the socket to itself. */
  @Override
  @Nullable Unwritten unwritten() {
    return null;
  }

  @Override
  void begin(Exchange current, HttpServerRequest request) {
    exchange = current;
  }

  /** The next may have begun while the end of this one was written. */
  @Override
  void end(Exchange done, HttpServerRequest request) {
    if (exchange == done) {
      exchange = null;
    }
  }

  @Override
  void inform(HttpServerRequest request, int status, HttpHeaders headers) {
    var unused =
        channel()
            .writeAndFlush(
                new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    HttpResponseStatus.valueOf(status),
                    Unpooled.EMPTY_BUFFER,
                    headers,
                    EmptyHttpHeaders.INSTANCE));
  }

  @Override
  boolean mark(HttpServerRequest request, boolean isLast, boolean draining) {
    boolean close = isLast || draining;
    if (close) {
      request
          .response()
          .headers()
          .set(io.vertx.core.http.HttpHeaders.CONNECTION, io.vertx.core.http.HttpHeaders.CLOSE);
    }
    return close;
  }

  @Override
  void answersNoMore() {
    last = true;
  }

  /**
   * Closes so that the client can still read what was written: bytes it goes on sending would else
   * be answered with a reset that overtakes the answer.
   */
  @Override
  void afterLast(HttpServerRequest request) {
    closeLingering();
  }

  void closeLingering() {
    Channel channel = channel();
    if (channel.pipeline().get(SslHandler.class) == null && channel instanceof DuplexChannel both) {
      both.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }
    var unused = channel.eventLoop().schedule(this::close, LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** It is told with its next answer. */
  @Override
  void leave(Duration limit) {
    timers.leave(patience(limit));
  }

  @Override
  void cut(HttpServerRequest request) {
    close();
  }

  /** HTTP is over: the channel belongs to the end of a tunnel, which gets what was read so far. */
  void handOver(TunnelEnd end) {
    timers.closed();
    largeHeads.closed();
    ChannelPipeline pipeline = channel().pipeline();
    pipeline.replace("handler", "tunnel", end);
    pipeline.remove("headGuard");
    pipeline.remove("farewell");
    pipeline.remove("firstByte");
    pipeline.remove("httpEncoder");
    pipeline.remove(UpgradeHold.class);
  }
}
