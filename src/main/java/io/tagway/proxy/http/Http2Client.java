package io.tagway.proxy.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.AsciiString;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client that speaks HTTP/2 (RFC 9113): many exchanges at a time, each on a stream. Vert.x serves
 * the streams; what it does not hand on is seen by {@link Http2Watch} and kept here, at the stream
 * it belongs to. Used by one event loop.
 */
final class Http2Client extends ClientConnection {
  /** What is known about one request besides what Vert.x knows. */
  private static final class Request {
    private final BodyFraming framing;
    private final @Nullable LazyTimer read;
    private final @Nullable LazyTimer write;
    private HttpHeaders trailers = EmptyHttpHeaders.INSTANCE;
    private @Nullable Exchange exchange;
    private long headBytes;

    Request(
        long headBytes, BodyFraming framing, @Nullable LazyTimer read, @Nullable LazyTimer write) {
      this.headBytes = headBytes;
      this.framing = framing;
      this.read = read;
      this.write = write;
    }
  }

  /** What is flushed at the latest; a turn of the loop ends sooner. */
  private static final int FLUSHES = 256;

  private final Http2ConnectionHandler http2;
  private final ClientLimits limits;
  private final HeadBudget heads;
  private final Http2Connection.PropertyKey key;
  private final LazyTimer idle;
  private long unwrittenBytes;

  private Http2Client(
      Channel channel,
      Peer peer,
      ClientLimits limits,
      HeadBudget heads,
      Http2ConnectionHandler http2) {
    super(channel, peer);
    this.heads = heads;
    this.http2 = http2;
    this.limits = limits;
    this.key = http2.connection().newKey();
    this.idle = new LazyTimer(channel.eventLoop(), this::close);
  }

  static Http2Client meet(
      Channel channel,
      Peer peer,
      ClientLimits limits,
      HeadBudget heads,
      Http2ConnectionHandler http2) {
    // Of a request in HTTP/1 that changed over; from here on it is charged as all others.
    LargeHeads.forget(channel);
    Http2Client client = new Http2Client(channel, peer, limits, heads, http2);
    Http2Watch watch = new Http2Watch(http2.decoder().frameListener(), client);
    http2.decoder().frameListener(watch);
    http2
        .connection()
        .addListener(
            new Http2ConnectionAdapter() {
              @Override
              public void onStreamClosed(Http2Stream stream) {
                client.closed(stream);
              }
            });
    channel.closeFuture().addListener(closed -> client.idle.cancel());
    // What the answers of one turn of the loop write leaves together.
    channel
        .pipeline()
        .addBefore(
            channel.pipeline().context(http2).name(),
            "flushes",
            new FlushConsolidationHandler(FLUSHES, true))
        .addBefore(channel.pipeline().context(http2).name(), "farewell", new Farewell(client));
    if (channel.pipeline().get("h2c") != null) {
      H2cUpgrade.install(channel.pipeline(), watch);
    }
    client.idle.set(limits.idleNanos());
    return client;
  }

  // ---- what the watch sees

  /** Whether a head on this stream would be trailers. */
  boolean isOpen(int streamId) {
    return request(streamId) != null;
  }

  /**
   * A request begins.
   *
   * @param bytes {@link HeadBudget#cost} of its head
   * @param length the value of Content-Length, if there is one
   * @param whole whether it ends with its head
   * @return false if there is no memory for this head
   */
  boolean opens(int streamId, long bytes, @Nullable CharSequence length, boolean whole) {
    idle.clear();
    Http2Stream stream = http2.connection().stream(streamId);
    if (stream == null) {
      return true;
    }
    if (!heads.take(bytes)) {
      return false;
    }
    BodyFraming framing = whole ? BodyFraming.NONE : BodyFraming.of(length);
    stream.setProperty(
        key,
        new Request(
            bytes,
            framing,
            whole ? null : timer(limits.readNanos(), streamId, Exchange::requestTimedOut),
            timer(limits.writeNanos(), streamId, Exchange::answerTimedOut)));
    return true;
  }

  /**
   * What follows the body of a request.
   *
   * @return false if there is no memory for it
   */
  boolean trailers(int streamId, long bytes, HttpHeaders trailers) {
    Request request = request(streamId);
    if (request != null) {
      if (!heads.take(bytes)) {
        return false;
      }
      request.headBytes += bytes;
      request.trailers = trailers;
    }
    return true;
  }

  /** The request on this stream is complete. */
  void complete(int streamId) {
    Request request = request(streamId);
    if (request != null) {
      cancel(request.read);
    }
  }

  private void closed(Http2Stream stream) {
    Request request = stream.getProperty(key);
    if (request != null) {
      heads.give(request.headBytes);
      cancel(request.read);
      cancel(request.write);
    }
    if (http2.connection().numActiveStreams() == 0) {
      idle.set(limits.idleNanos());
    }
  }

  private @Nullable Request request(int streamId) {
    Http2Stream stream = http2.connection().stream(streamId);
    return stream == null ? null : stream.getProperty(key);
  }

  private @Nullable Request request(HttpServerRequest request) {
    return request((int) request.response().streamId());
  }

  /** What to do with a request that takes too long. */
  @FunctionalInterface
  private interface TimedOut {
    void tell(Exchange exchange);
  }

  private @Nullable LazyTimer timer(long nanos, int streamId, TimedOut timedOut) {
    if (nanos <= 0) {
      return null;
    }
    LazyTimer timer = new LazyTimer(channel().eventLoop(), () -> expired(streamId, timedOut));
    timer.set(nanos);
    return timer;
  }

  private void expired(int streamId, TimedOut timedOut) {
    Request request = request(streamId);
    Exchange exchange = request == null ? null : request.exchange;
    if (exchange != null) {
      timedOut.tell(exchange);
    } else {
      reset(streamId, Http2Error.CANCEL);
    }
  }

  private static void cancel(@Nullable LazyTimer timer) {
    if (timer != null) {
      timer.cancel();
    }
  }

  private void reset(int streamId, Http2Error error) {
    ChannelHandlerContext context = channel().pipeline().context(http2);
    var unused =
        http2.encoder().writeRstStream(context, streamId, error.code(), context.newPromise());
    channel().flush();
  }

  // ---- what answers wait for

  /** So many bytes of answers were handed over, or less than zero: so many were written. */
  void addUnwritten(long bytes) {
    unwrittenBytes += bytes;
  }

  /** Whether all answers together wait with so much that none may add to what it has. */
  boolean isCrowded() {
    return unwrittenBytes > Http2Limits.UNWRITTEN_BYTES;
  }

  // ---- what a request needs

  @Override
  boolean isAnsweringNoMore() {
    return false;
  }

  @Override
  RequestHead head(HttpServerRequest request) {
    Request known = request(request);
    return new RequestHead(
        request.method().name(),
        target(request),
        Protocol.HTTP_2,
        known == null ? BodyFraming.NONE : known.framing,
        request.headers());
  }

  /** Each stream waits by itself. */
  @Override
  boolean isBehind() {
    return false;
  }

  @Override
  void onceCaughtUp(HttpServerRequest request, Runnable then) {
    then.run();
  }

  /** CONNECT has no path, but the authority that is its target in HTTP/1 (RFC 9113, 8.5). */
  private static String target(HttpServerRequest request) {
    @Nullable String path = request.uri();
    @Nullable String target = path == null ? request.getHeader(HeaderName.HOST.text()) : path;
    return target == null ? "" : target;
  }

  /** HTTP/2 has no Upgrade. */
  @Override
  String offered(RequestHead head) {
    return "";
  }

  @Override
  HttpHeaders trailers(HttpServerRequest request) {
    Request known = request(request);
    return known == null ? EmptyHttpHeaders.INSTANCE : known.trailers;
  }

  @Override
  Unwritten unwritten() {
    return new Unwritten(this);
  }

  @Override
  void begin(Exchange exchange, HttpServerRequest request) {
    Request known = request(request);
    if (known != null) {
      known.exchange = exchange;
    }
  }

  @Override
  void end(Exchange exchange, HttpServerRequest request) {
    Request known = request(request);
    if (known != null) {
      known.exchange = null;
    }
  }

  @Override
  void inform(HttpServerRequest request, int status, HttpHeaders headers) {
    Http2Headers lines = new DefaultHttp2Headers(false, headers.size() + 1);
    lines.status(Integer.toString(status));
    headers
        .iteratorCharSequence()
        .forEachRemaining(
            line -> lines.add(AsciiString.of(line.getKey()).toLowerCase(), line.getValue()));
    ChannelHandlerContext context = channel().pipeline().context(http2);
    int streamId = (int) request.response().streamId();
    var unused =
        http2.encoder().writeHeaders(context, streamId, lines, 0, false, context.newPromise());
    channel().flush();
  }

  /** What is to be said of the connection is said by GOAWAY. */
  @Override
  boolean mark(HttpServerRequest request, boolean last, boolean draining) {
    return last;
  }

  @Override
  void answersNoMore() {}

  /** The answer is complete, and the client need not send on (RFC 9113 section 8.1). */
  @Override
  void afterLast(HttpServerRequest request) {
    var unused = request.response().reset(Http2Error.NO_ERROR.code());
  }

  /**
   * Asks for no new streams while those on their way are still served, then names the last one that
   * was (RFC 9113 section 6.8). The connection ends with its streams.
   */
  @Override
  void leave(Duration limit) {
    Duration patience = patience(limit);
    goAway(Integer.MAX_VALUE);
    var unused =
        channel()
            .eventLoop()
            .schedule(
                () -> {
                  goAway(http2.connection().remote().lastStreamCreated());
                  http2.gracefulShutdownTimeoutMillis(limit.minus(patience).toMillis());
                  close();
                },
                patience.toNanos(),
                TimeUnit.NANOSECONDS);
  }

  private void goAway(int lastStream) {
    ChannelHandlerContext context = channel().pipeline().context(http2);
    if (context != null && channel().isActive()) {
      var unused =
          http2.goAway(
              context,
              lastStream,
              Http2Error.NO_ERROR.code(),
              Unpooled.EMPTY_BUFFER,
              context.newPromise());
      context.flush();
    }
  }

  @Override
  void cut(HttpServerRequest request) {
    var unused = request.response().reset(Http2Error.INTERNAL_ERROR.code());
  }
}
