package io.tagway.proxy.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import io.tagway.proxy.Failure;
import io.tagway.proxy.TargetSockets;
import io.tagway.tls.UpstreamTls;
import io.vertx.core.Vertx;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections to targets on one event loop, with Vert.x's transport and name resolver. Not
 * with its clients: they know neither 102 nor trailers of a request, copy each header, do not tell
 * a dead connection from a refusal, and read as soon as they are connected.
 */
final class UpstreamDial {
  private final Bootstrap template;
  private final EventLoop loop;
  private final UpstreamTls tls;

  /**
   * @param keepAliveSeconds period of TCP keep-alive probes
   */
  UpstreamDial(Vertx vertx, EventLoop loop, UpstreamTls tls, int keepAliveSeconds) {
    this.template =
        TargetSockets.bootstrap(vertx, keepAliveSeconds)
            .group(loop)
            .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            // A target may refuse a body, answer and close: its answer must still be readable.
            .option(ChannelOption.AUTO_CLOSE, false);
    this.loop = loop;
    this.tls = tls;
  }

  /**
   * Connects within the limit, the time for resolving a name and for TLS included. Tells exactly
   * one; {@code connected} has to add the handlers of the protocol before it returns, for nothing
   * was read yet, but the next thing may be.
   */
  void dial(
      UpstreamKey key,
      long limitNanos,
      Consumer<Channel> connected,
      BiConsumer<Failure, @Nullable Throwable> failed) {
    Attempt attempt = new Attempt(key, connected, failed);
    ChannelFuture connecting =
        template.clone().handler(attempt).connect(TargetSockets.address(key.host(), key.port()));
    attempt.begin(connecting, limitNanos);
  }

  /** One connection until it is there; the first of what can happen to it counts. */
  private final class Attempt extends ChannelInboundHandlerAdapter {
    private final UpstreamKey key;
    private final Consumer<Channel> connected;
    private final BiConsumer<Failure, @Nullable Throwable> failed;
    private @Nullable Future<?> timer;
    private boolean over;

    Attempt(
        UpstreamKey key,
        Consumer<Channel> connected,
        BiConsumer<Failure, @Nullable Throwable> failed) {
      this.key = key;
      this.connected = connected;
      this.failed = failed;
    }

    void begin(ChannelFuture connecting, long limitNanos) {
      if (over) {
        return;
      }
      timer =
          loop.schedule(
              () -> fail(connecting.channel(), Failure.DIAL_TIMEOUT, null),
              limitNanos,
              TimeUnit.NANOSECONDS);
      connecting.addListener(
          (ChannelFuture done) -> {
            if (!done.isSuccess()) {
              fail(done.channel(), Failure.DIAL_FAILED, done.cause());
            }
          });
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      if (!key.tls()) {
        succeed(context);
        return;
      }
      UpstreamTls.Offer offer = key.http2() ? UpstreamTls.Offer.HTTP2 : UpstreamTls.Offer.NOTHING;
      SslHandler handler =
          tls.handler(context.alloc(), key.serverName(), key.port(), key.skipVerify(), offer);
      context.pipeline().addFirst(handler);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof SslHandshakeCompletionEvent handshake) {
        if (handshake.isSuccess()) {
          succeed(context);
        } else {
          fail(context.channel(), failure(handshake.cause()), handshake.cause());
        }
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      fail(context.channel(), Failure.DIAL_FAILED, new ClosedChannelException());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      fail(context.channel(), failure(cause), cause);
    }

    private void succeed(ChannelHandlerContext context) {
      if (end()) {
        context.pipeline().remove(this);
        connected.accept(context.channel());
      }
    }

    private void fail(Channel channel, Failure failure, @Nullable Throwable cause) {
      if (end()) {
        var unused = channel.close();
        failed.accept(failure, cause);
      }
    }

    private boolean end() {
      boolean first = !over;
      over = true;
      Future<?> running = timer;
      if (first && running != null) {
        running.cancel(false);
      }
      return first;
    }
  }

  private static Failure failure(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof SSLException) {
        return Failure.TLS_FAILED;
      }
    }
    return Failure.DIAL_FAILED;
  }
}
