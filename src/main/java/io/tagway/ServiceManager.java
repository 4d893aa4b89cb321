package io.tagway;

import static java.lang.System.Logger.Level.WARNING;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Whoever started the process and wants to hear how it is, by datagrams to {@code NOTIFY_SOCKET}.
 * Waits for the kernel, so not for event loops.
 *
 * @see <a href="https://www.freedesktop.org/software/systemd/man/sd_notify.html">sd_notify(3)</a>
 */
final class ServiceManager {
  private static final System.Logger LOG = System.getLogger(ServiceManager.class.getName());

  private final Optional<DomainSocketAddress> to;

  private ServiceManager(Optional<DomainSocketAddress> to) {
    this.to = to;
  }

  /**
   * Reads where it listens.
   *
   * @param notifySocket a path, or a name in the abstract namespace behind {@code @}; empty if
   *     nobody wants to hear anything
   */
  static ServiceManager at(String notifySocket) {
    if (notifySocket.isEmpty()) {
      return new ServiceManager(Optional.empty());
    }
    String path = notifySocket.startsWith("@") ? '\0' + notifySocket.substring(1) : notifySocket;
    return new ServiceManager(Optional.of(new DomainSocketAddress(path)));
  }

  /** The table is there and every listener is open. */
  void ready() {
    tell("READY=1\nMAINPID=" + ProcessHandle.current().pid());
  }

  /** The stop has begun. */
  void stopping() {
    tell("STOPPING=1");
  }

  private void tell(String state) {
    if (to.isEmpty()) {
      return;
    }
    if (!Epoll.isAvailable()) {
      LOG.log(WARNING, "NOTIFY_SOCKET cannot be used without the transport epoll");
      return;
    }
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    ChannelFuture made =
        new Bootstrap()
            .group(group)
            .channel(EpollDomainDatagramChannel.class)
            .handler(new ChannelInboundHandlerAdapter())
            .connect(to.get())
            .awaitUninterruptibly();
    ChannelFuture told =
        made.isSuccess()
            ? made.channel()
                .writeAndFlush(Unpooled.copiedBuffer(state, StandardCharsets.UTF_8))
                .awaitUninterruptibly()
            : made;
    if (!told.isSuccess()) {
      LOG.log(WARNING, "cannot notify " + to.get().path() + ": " + told.cause());
    }
    // Closes the channel as well.
    var unused = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
