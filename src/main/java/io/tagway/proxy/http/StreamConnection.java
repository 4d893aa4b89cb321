package io.tagway.proxy.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2LocalFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2MultiplexActiveStreamsException;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.tagway.proxy.Failure;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection to a target, which carries many exchanges, each on a stream of its own. It
 * is the last handler of its channel. Used by one event loop.
 */
final class StreamConnection extends ChannelInboundHandlerAdapter implements UpstreamLender {
  /** What a target may send on one stream while its client does not read. */
  private static final int STREAM_WINDOW_BYTES = 256 << 10;

  /** Streams on one connection, however many more the target would take. */
  private static final int MOST_STREAMS = 1000;

  private static final int FLUSHES = 256;

  /** Stream numbers end at 2^31 - 1; a connection that comes near takes no more requests. */
  private static final int LAST_STREAM = Integer.MAX_VALUE - 2 * MOST_STREAMS;

  private final Channel channel;
  private final StreamPool pool;
  private final boolean tls;
  private final Http2FrameCodec codec;
  private final Http2StreamChannelBootstrap streams;
  private final StreamPings pings;
  private int most = MOST_STREAMS;
  private int active;
  private boolean ready;
  private boolean used;
  private boolean leaving;
  private boolean gone;
  private long idleSince;
  private @Nullable Throwable cause;

  private StreamConnection(Channel channel, StreamPool pool, boolean tls) {
    this.channel = channel;
    this.pool = pool;
    this.tls = tls;
    this.codec = codec();
    this.streams = new Http2StreamChannelBootstrap(channel);
    this.pings = new StreamPings(StreamPings.Times.USUAL, channel, this::isBusy, this::lost);
  }

  /** Speaks HTTP/2 on a fresh channel; the pool is told when the target does so as well. */
  static StreamConnection on(Channel channel, StreamPool pool, boolean tls) {
    StreamConnection made = new StreamConnection(channel, pool, tls);
    channel
        .pipeline()
        .addLast(
            // What the requests of one turn of the loop write leaves together.
            new FlushConsolidationHandler(FLUSHES, true),
            made.codec,
            // Pushed streams were refused in the settings.
            new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()),
            made);
    return made;
  }

  private static Http2FrameCodec codec() {
    Http2FrameCodec codec =
        Http2FrameCodecBuilder.forClient()
            .initialSettings(
                Http2Settings.defaultSettings()
                    .pushEnabled(false)
                    .maxHeaderListSize(UpstreamPool.HEAD_BYTES)
                    .initialWindowSize(STREAM_WINDOW_BYTES))
            // Who closes it wants it closed; whoever may end their streams first does not close it.
            .gracefulShutdownTimeoutMillis(0)
            .build();
    // The window of the connection is given back at once: else a few clients that do not read would
    // stop all others. What they may hold is bounded by the windows of their streams.
    Http2Connection connection = codec.connection();
    connection
        .local()
        .flowController(
            new DefaultHttp2LocalFlowController(
                    connection, DefaultHttp2LocalFlowController.DEFAULT_WINDOW_UPDATE_RATIO, true)
                .frameWriter(codec.encoder().frameWriter()));
    return codec;
  }

  /** Whether a request may be sent now. */
  boolean hasRoom() {
    return ready && !leaving && !gone && active < most;
  }

  boolean isReady() {
    return ready;
  }

  boolean isBusy() {
    return active > 0;
  }

  /** Whether it takes no more requests, and is gone when the last one is over. */
  boolean isLeaving() {
    return leaving || gone;
  }

  /** When its last exchange ended; of no meaning while it is busy. */
  long idleSince() {
    return idleSince;
  }

  /** Why it is gone. */
  @Nullable Throwable cause() {
    return cause;
  }

  /** Opens a stream for this user; to be asked only while there is room. */
  void lend(UpstreamUser user) {
    active++;
    boolean reused = used;
    used = true;
    Future<Http2StreamChannel> opening = streams.open();
    opening.addListener(
        done -> {
          if (done.isSuccess()) {
            lend(user, opening.getNow(), reused);
          } else {
            freed();
            user.unavailable(Failure.DIAL_FAILED, done.cause());
          }
        });
  }

  private void lend(UpstreamUser user, Channel stream, boolean reused) {
    UpstreamConnection connection = new UpstreamConnection(stream, this, () -> true);
    stream.pipeline().addLast(new StreamCodec(tls), connection);
    pings.busy();
    if (user.waiting()) {
      user.connected(connection, reused);
    } else {
      connection.close();
    }
  }

  /** Takes no more requests; closes when those it has are over. */
  void leave() {
    leaving = true;
    if (active == 0) {
      close();
    }
  }

  /** Ends all that runs on it. */
  void close() {
    gone = true;
    pings.stop();
    var unused = channel.close();
  }

  // ---- one stream

  /** Nobody can say beforehand when a call has to be answered; clients say so themselves. */
  @Override
  public long answerLimitNanos() {
    return 0;
  }

  @Override
  public boolean mayRefuse() {
    return true;
  }

  @Override
  public void released(UpstreamConnection connection) {
    connection.close();
  }

  @Override
  public void closed(UpstreamConnection connection) {
    if (connection.forget()) {
      freed();
    }
  }

  private void freed() {
    active--;
    idleSince = System.nanoTime();
    if (codec.connection().local().lastStreamCreated() > LAST_STREAM) {
      leaving = true;
    }
    if (active == 0 && leaving) {
      close();
    }
    pool.freed(this);
  }

  // ---- the connection

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof Http2SettingsFrame frame) {
      Long limit = frame.settings().maxConcurrentStreams();
      if (limit != null) {
        most = (int) Math.min(limit, MOST_STREAMS);
      }
      if (!ready) {
        ready = true;
        idleSince = System.nanoTime();
        pool.ready(this);
      } else {
        pool.freed(this);
      }
    } else if (message instanceof Http2GoAwayFrame goAway) {
      cause = StreamReset.goAway(goAway.errorCode());
      leave();
    }
    ReferenceCountUtil.release(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    pings.heard();
  }

  private void lost() {
    cause = new SocketTimeoutException("PING not answered");
    close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
    cause = thrown;
    gone = true; // whoever waits for a stream gets none of this one when those there are fail
    if (thrown instanceof OutOfMemoryError) {
      // Exchanges whose connection only closes blame the target, and are sent anew: to where there
      // is no memory either.
      context
          .pipeline()
          .context(codec)
          .fireExceptionCaught(new Http2MultiplexActiveStreamsException(thrown));
    }
    close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    gone = true;
    pings.stop();
    pool.closed(this);
  }
}
