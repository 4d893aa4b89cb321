package io.tagway.proxy.tcp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.tagway.config.ListenerSettings;
import io.tagway.proxy.Front;
import io.tagway.proxy.ListenFailure;
import io.tagway.proxy.Listener;
import io.tagway.proxy.ProxyHeaderMeters;
import io.tagway.proxy.ProxyProtocol;
import io.tagway.proxy.TunnelEnd;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Passes the connections to one address on to targets: found by the port that it listens on, or by
 * the TLS server name that a client asks for.
 */
public final class TcpListener implements Listener {
  private final ListenerSettings settings;
  private final TcpProxy proxy;
  private final Acceptor acceptor;
  private volatile int port;

  private TcpListener(
      Vertx vertx,
      ListenerSettings settings,
      int loops,
      TcpProxy proxy,
      ProxyHeaderMeters headers,
      Optional<Consumer<NetServerOptions>> tls,
      boolean byServerName) {
    this.settings = settings;
    this.proxy = proxy;
    Front last =
        byServerName
            ? new ServerNames(proxy, settings, false)
            : tls.isPresent() ? Front.NONE : (channel, onward) -> byPort(channel);
    this.acceptor =
        new Acceptor(
            vertx,
            loops,
            arrival(proxy, tls.isPresent())
                .then(ProxyProtocol.of(settings, headers, proxy::failed))
                .then(last),
            tls,
            this::byPort);
  }

  /**
   * Listener {@code tcp}.
   *
   * @param headers told of PROXY headers that are refused, if the listener takes any
   * @param tls how TLS is ended, if it is: told to configure servers for it
   */
  public static TcpListener byPort(
      Vertx vertx,
      ListenerSettings settings,
      int loops,
      TcpForwarding forwarding,
      ProxyHeaderMeters headers,
      Optional<Consumer<NetServerOptions>> tls) {
    TcpProxy proxy =
        new TcpProxy(
            vertx,
            TcpObserver.Kind.PORT,
            "tcp " + settings.address(),
            forwarding,
            IdleLimits.of(settings));
    return new TcpListener(vertx, settings, loops, proxy, headers, tls, false);
  }

  /**
   * Listener {@code tcp+sni}.
   *
   * @param headers told of PROXY headers that are refused, if the listener takes any
   */
  public static TcpListener byServerName(
      Vertx vertx,
      ListenerSettings settings,
      int loops,
      TcpForwarding forwarding,
      ProxyHeaderMeters headers) {
    TcpProxy proxy =
        new TcpProxy(
            vertx,
            TcpObserver.Kind.SERVER_NAME,
            "tcp+sni " + settings.address(),
            forwarding,
            IdleLimits.of(settings));
    return new TcpListener(vertx, settings, loops, proxy, headers, Optional.empty(), true);
  }

  /** Counts connections; what is not decrypted by Vert.x is read only when it is asked for. */
  static Front arrival(TcpProxy proxy, boolean tls) {
    return (channel, onward) -> {
      channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
      channel.config().setAutoRead(tls);
      channel.config().setRecvByteBufAllocator(TunnelEnd.PIECES);
      proxy.accepted(channel);
      onward.run();
    };
  }

  private void byPort(Channel channel) {
    String key = ":" + port;
    proxy.serve(channel, proxy.table().lookupExact(key), key);
  }

  @Override
  public Future<Void> open() {
    return acceptor
        .listen(settings.host(), settings.port())
        .<Void>map(
            bound -> {
              port = bound;
              return null;
            })
        .recover(cause -> Future.failedFuture(ListenFailure.of(settings.address(), cause)));
  }

  @Override
  public void giveWay() {
    acceptor.giveWay();
  }

  @Override
  public Future<Void> drain(Duration limit) {
    return acceptor
        .stop()
        .transform(stopped -> Future.join(acceptor.close(limit), proxy.connections().drain(limit)))
        .mapEmpty();
  }

  @Override
  public int port() {
    return port;
  }
}
