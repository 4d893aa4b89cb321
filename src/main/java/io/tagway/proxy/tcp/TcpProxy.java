package io.tagway.proxy.tcp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.tagway.outbound.Cause;
import io.tagway.proxy.Ends;
import io.tagway.proxy.Notices;
import io.tagway.proxy.TunnelEnd;
import io.tagway.route.Table;
import io.tagway.route.Target;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;

/** Passes the connections of one listener on to targets. For any event loop. */
final class TcpProxy {
  private final TcpObserver.Kind kind;
  private final String listener;
  private final TcpForwarding forwarding;
  private final IdleLimits limits;
  private final Dial dial;
  private final Connections connections;
  private final Notices notices;

  /**
   * @param listener how the log names it
   */
  TcpProxy(
      Vertx vertx,
      TcpObserver.Kind kind,
      String listener,
      TcpForwarding forwarding,
      IdleLimits limits) {
    this.kind = kind;
    this.listener = listener;
    this.forwarding = forwarding;
    this.limits = limits;
    this.dial = new Dial((VertxInternal) vertx, (int) forwarding.keepAlive().toSeconds());
    this.connections = new Connections(vertx);
    this.notices = new Notices(System.getLogger(TcpProxy.class.getName()), System::nanoTime);
  }

  Table table() {
    return forwarding.table().get();
  }

  Connections connections() {
    return connections;
  }

  TcpObserver observer() {
    return forwarding.observer();
  }

  IdleLimits limits() {
    return limits;
  }

  Dial dial() {
    return dial;
  }

  long dialLimitNanos() {
    return forwarding.dialLimit().toNanos();
  }

  /** A connection was accepted; it is counted from now on. */
  void accepted(Channel client) {
    connections.addClient(client);
    observer().accepted(kind);
  }

  /**
   * Passes a connection on, or closes it without a byte. Bytes that a front still holds are taken
   * when it fires them.
   *
   * @param target where it goes; {@link Target#NONE} if there is no route
   * @param key what the target was looked up by
   */
  void serve(Channel client, Target target, String key) {
    if (target.isNone()) {
      observer().noRoute(kind);
      notices.warn(() -> listener + ": no route for " + key);
      Connections.close(client);
    } else if (!target.access().admits(Ends.of(client).source().getAddress())) {
      Connections.close(client);
    } else {
      Tunnel tunnel = new Tunnel(this, client, target);
      client.config().setAutoRead(false);
      client.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
      client.pipeline().addLast(tunnel.clientEnd());
      tunnel.dial();
    }
  }

  /** Sends a target what it wants to be sent first. */
  void greet(TunnelEnd upstream, Channel client, Target target) {
    Greeting.of(target).write(upstream.channel().pipeline(), Ends.of(client));
  }

  /**
   * A target could not be reached.
   *
   * @param next the one to be tried now; {@link Target#NONE} if the connection is given up
   */
  void dialFailed(Target target, Throwable cause, Target next) {
    if (next.isNone()) {
      observer().failed(kind);
    }
    notices.warn(
        () ->
            listener
                + ": cannot connect to "
                + target.destination()
                + " of "
                + target.service()
                + ": "
                + Cause.text(cause)
                + (next.isNone() ? "" : ", trying " + next.destination()));
  }

  /** A connection was closed because of how it began; whoever closed it says why. */
  void failed() {
    observer().failed(kind);
  }

  /** Closes a connection that does not begin as it must. */
  void refuse(Channel client, String reason) {
    observer().failed(kind);
    notices.warn(() -> listener + ": " + reason + ", from " + Ends.peer(client));
    Connections.close(client);
  }
}
