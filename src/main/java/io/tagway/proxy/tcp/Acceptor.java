package io.tagway.proxy.tcp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import io.tagway.proxy.Door;
import io.tagway.proxy.Front;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Accepts connections on one port with a Vert.x server on each event loop; a front sees them first.
 * One that goes through the front has its TLS ended by Vert.x and is then handed on bare.
 */
final class Acceptor {
  private static final int BACKLOG = 4096;
  private static final int KEEP_ALIVE_SECONDS = 180;

  private final Door door = new Door();
  private final VertxInternal vertx;
  private final int loops;
  private final NetServerOptions options;
  private final Consumer<Channel> decrypted;
  private final List<NetServer> servers = new ArrayList<>();

  /**
   * @param tls configures the servers for TLS
   * @param decrypted takes a connection on its event loop, when its handshake is done
   */
  Acceptor(
      Vertx vertx,
      int loops,
      Front front,
      Optional<Consumer<NetServerOptions>> tls,
      Consumer<Channel> decrypted) {
    this.vertx = (VertxInternal) door.before(front.before(vertx));
    this.loops = loops;
    this.options = new NetServerOptions().setAcceptBacklog(BACKLOG);
    options
        .setTcpKeepAlive(true)
        .setTcpNoDelay(true)
        .setTcpKeepAliveIdleSeconds(KEEP_ALIVE_SECONDS);
    this.decrypted = decrypted;
    tls.ifPresent(
        configure -> {
          options.setSsl(true);
          configure.accept(options);
        });
  }

  /**
   * Binds. The port that was really bound is given.
   *
   * @param host empty for all interfaces
   * @param port 0 for any free one
   */
  Future<Integer> listen(String host, int port) {
    // Vert.x lets servers share a free port if they ask for the same negative one.
    int asked = port != 0 ? port : -1 - ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE - 1);
    List<Future<NetServer>> bound = new ArrayList<>();
    for (EventLoop loop : loops()) {
      NetServer server =
          vertx.createNetServer(options).connectHandler(this::connected).exceptionHandler(x -> {});
      servers.add(server);
      ContextInternal context = vertx.contextBuilder().withEventLoop(loop).build();
      Promise<NetServer> promise = Promise.promise();
      context.runOnContext(
          go -> server.listen(asked, host.isEmpty() ? "::" : host).onComplete(promise));
      bound.add(promise.future());
    }
    return Future.join(bound)
        .map(all -> bound.get(0).result().actualPort())
        .recover(cause -> close(Duration.ZERO).transform(closed -> Future.failedFuture(cause)));
  }

  private List<EventLoop> loops() {
    List<EventLoop> first = new ArrayList<>();
    vertx
        .nettyEventLoopGroup()
        .forEach(
            executor -> {
              if (first.size() < loops) {
                first.add((EventLoop) executor);
              }
            });
    return first;
  }

  private void connected(NetSocket socket) {
    Channel channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
    ChannelPipeline pipeline = channel.pipeline();
    List<ChannelHandler> others = new ArrayList<>();
    for (Map.Entry<String, ChannelHandler> entry : pipeline) {
      if (!(entry.getValue() instanceof SslHandler)) {
        others.add(entry.getValue());
      }
    }
    others.forEach(pipeline::remove);
    decrypted.accept(channel);
  }

  /** Leaves new connections to another process, see {@link Door#giveWay}. */
  void giveWay() {
    door.giveWay();
  }

  /** Takes who waits to be accepted, then stops to accept. */
  Future<Void> stop() {
    return door.close();
  }

  /** Stops to accept; connections with TLS are closed at the limit. */
  Future<Void> close(Duration limit) {
    return stop()
        .transform(
            stopped -> Future.join(servers.stream().map(server -> server.shutdown(limit)).toList()))
        .mapEmpty();
  }
}
