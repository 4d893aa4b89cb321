package io.tagway.bgp;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sockets and timers on one thread of its own. Not on the loops that carry requests: keepalives
 * must not wait for them. And not through Vert.x, which offers no way to a socket option before the
 * connection: a TCP MD5 key has to be there for the first segment.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a channel that fails closes, which is heard
final class Transport implements Dialer, Timers {
  private static final int CONNECT_MILLIS = 10_000;

  private final InetAddress routerId;
  private final boolean epoll;
  private final MultiThreadIoEventLoopGroup group;
  private final EventLoop loop;
  private final ChannelGroup channels;

  /**
   * @param epoll whether to use Linux's native transport; without it there are neither keys nor
   *     TTLs
   */
  Transport(InetAddress routerId, boolean epoll) {
    this.routerId = routerId;
    this.epoll = epoll;
    this.group =
        new MultiThreadIoEventLoopGroup(
            1,
            new DefaultThreadFactory("tagway-bgp", true),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    this.loop = group.next();
    this.channels = new DefaultChannelGroup(loop);
  }

  static boolean nativeAvailable() {
    return Epoll.isAvailable();
  }

  /** Returns false, and runs nothing, once this is closed. */
  boolean run(Runnable task) {
    if (loop.isShuttingDown()) {
      return false;
    }
    loop.execute(task);
    return true;
  }

  /**
   * Closes everything that is still open, by hand: a loop that is told to end by one of its own
   * tasks ends without closing its channels (Netty 4.2, SingleThreadIoEventLoop).
   */
  Future<Void> close() {
    Promise<Void> promise = Promise.promise();
    channels
        .close()
        .addListener(
            closed ->
                group
                    .shutdownGracefully(0, 1, TimeUnit.SECONDS)
                    .addListener(ignored -> promise.complete()));
    return promise.future();
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    var scheduled = loop.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    return () -> scheduled.cancel(false);
  }

  @Override
  public Attempt dial(Peer peer, Consumer<Wire> connected, Consumer<String> failed) {
    SocketProtocolFamily family = family(peer.address());
    Bootstrap bootstrap =
        new Bootstrap()
            .group(group)
            .channelFactory(
                () ->
                    epoll
                        ? new EpollSocketChannel(family)
                        : new NioSocketChannel(SelectorProvider.provider(), family))
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channels.add(channel);
                    channel.pipeline().addLast(new ChannelWire(channel));
                  }
                });
    if (epoll) {
      SocketOptions.hops(peer, bootstrap::option);
      SocketOptions.sign(List.of(peer), bootstrap::option);
    }
    InetSocketAddress remote = new InetSocketAddress(peer.address(), peer.port());
    return attempt(
        peer.bound()
            ? bootstrap.connect(remote, new InetSocketAddress(routerId, 0))
            : bootstrap.connect(remote),
        connected,
        failed);
  }

  private static Attempt attempt(
      ChannelFuture connecting, Consumer<Wire> connected, Consumer<String> failed) {
    boolean[] cancelled = {false};
    connecting.addListener(
        done -> {
          Channel channel = connecting.channel();
          if (cancelled[0]) {
            channel.close();
          } else if (done.isSuccess()) {
            connected.accept(channel.pipeline().get(ChannelWire.class));
          } else {
            failed.accept(String.valueOf(done.cause().getMessage()));
          }
        });
    return () -> {
      cancelled[0] = true;
      connecting.channel().close();
    };
  }

  /**
   * Takes connections there; complete when bound.
   *
   * @param peers whose passwords are needed
   * @param accepted gets each connection on the speaker's thread, with nothing read
   */
  Future<Void> listen(InetSocketAddress address, List<Peer> peers, Consumer<ChannelWire> accepted) {
    SocketProtocolFamily family = family(address.getAddress());
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channelFactory(
                () ->
                    epoll
                        ? new EpollServerSocketChannel(family)
                        : new NioServerSocketChannel(SelectorProvider.provider(), family))
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channels.add(channel);
                    channel.pipeline().addLast(new Acceptor(accepted), new ChannelWire(channel));
                  }
                });
    if (epoll) {
      SocketOptions.sign(
          peers.stream().filter(peer -> reaches(address.getAddress(), peer.address())).toList(),
          bootstrap::option);
    }
    Promise<Void> bound = Promise.promise();
    ChannelFuture binding = bootstrap.bind(address);
    binding.addListener(
        done -> {
          if (done.isSuccess()) {
            channels.add(binding.channel());
            bound.complete();
          } else {
            bound.fail(done.cause());
          }
        });
    return bound.future();
  }

  /** Waits until the addresses of a connection are known. */
  private static final class Acceptor extends ChannelInboundHandlerAdapter {
    private final Consumer<ChannelWire> accepted;

    Acceptor(Consumer<ChannelWire> accepted) {
      this.accepted = accepted;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      ChannelWire wire = context.pipeline().get(ChannelWire.class);
      context.pipeline().remove(this);
      accepted.accept(wire);
    }
  }

  /** Whether a peer of that address can come in there; {@code ::} takes both families. */
  private static boolean reaches(InetAddress listening, InetAddress peer) {
    return family(listening) == family(peer)
        || (family(listening) == SocketProtocolFamily.INET6 && listening.isAnyLocalAddress());
  }

  private static SocketProtocolFamily family(InetAddress address) {
    return address instanceof Inet4Address ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
  }
}
