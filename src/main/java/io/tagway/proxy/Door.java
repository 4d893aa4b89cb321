package io.tagway.proxy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.TcpConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Where the connections of one listener come in. It is closed before the servers behind it, so that
 * every connection the kernel has accepted for us is served: what waits in the queue of a socket
 * that is closed is reset. For any thread.
 */
public final class Door {
  /**
   * How long handshakes that began before the other process took over may take to end here; longer
   * than the way to most clients and back.
   */
  private static final Duration SETTLE = Duration.ofMillis(500);

  /** How often the queue is looked at until nobody has come; a steady stream of clients ends it. */
  private static final int LOOKS = 20;

  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /** Vert.x as it is, but that the servers it makes take their connections through this door. */
  public Vertx before(Vertx vertx) {
    return new FrontedVertx((VertxInternal) vertx, Watched::new);
  }

  /**
   * From now on another process that listens on the same address gets all new connections, if there
   * is exactly one and the kernel can be told ({@link PortGroup}). Else nothing changes. Reads a
   * file of the kernel, so call it where waiting is allowed.
   *
   * @return whether somebody else takes over
   */
  public boolean giveWay() {
    boolean given = false;
    for (Socket socket : sockets) {
      given |= socket.giveWay();
    }
    return given;
  }

  /** Lets in whoever is waiting outside, then stops accepting. Completes when it is closed. */
  public Future<Void> close() {
    return Future.join(sockets.stream().map(Socket::close).toList()).mapEmpty();
  }

  /** Puts a watch on the sockets of servers. */
  private final class Watched extends DelegatingTransport {
    Watched(io.vertx.core.spi.transport.Transport delegate) {
      super(delegate);
    }

    @Override
    public void configure(TcpConfig options, boolean domainSocket, ServerBootstrap bootstrap) {
      super.configure(options, domainSocket, bootstrap);
      bootstrap.handler(
          new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
              Socket socket = new Socket(channel);
              sockets.add(socket);
              channel.pipeline().addLast(socket);
              channel.closeFuture().addListener(closed -> sockets.remove(socket));
            }
          });
    }
  }

  /** One listening socket. Its fields belong to its event loop, unless they say otherwise. */
  private static final class Socket extends ChannelInboundHandlerAdapter {
    private final Channel channel;
    private volatile PortGroup group = PortGroup.NONE;
    private volatile long givenNanos;
    private volatile boolean given;
    private long accepted;

    Socket(Channel channel) {
      this.channel = channel;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      group = PortGroup.joined(channel);
      context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object connection) {
      accepted++;
      context.fireChannelRead(connection);
    }

    boolean giveWay() {
      if (!given && group.steerToOther()) {
        givenNanos = System.nanoTime();
        given = true;
      }
      return given;
    }

    Future<Void> close() {
      Promise<Void> done = Promise.promise();
      channel.closeFuture().addListener(closed -> done.tryComplete());
      long waitNanos = given ? givenNanos + SETTLE.toNanos() - System.nanoTime() : 0;
      look(Math.max(0, waitNanos), -1, LOOKS);
      return done.future();
    }

    /**
     * A timer of the loop runs behind the I/O of its round: what was queued has come in by then.
     */
    private void look(long delayNanos, long seen, int left) {
      var unused =
          channel.eventLoop().schedule(() -> looked(seen, left), delayNanos, TimeUnit.NANOSECONDS);
    }

    private void looked(long seen, int left) {
      if (accepted == seen || left == 0) {
        var unused = channel.close();
      } else {
        look(TimeUnit.MILLISECONDS.toNanos(1), accepted, left - 1);
      }
    }
  }
}
