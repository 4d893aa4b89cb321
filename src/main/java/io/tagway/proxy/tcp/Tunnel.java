package io.tagway.proxy.tcp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.Future;
import io.tagway.proxy.Ends;
import io.tagway.proxy.TunnelEnd;
import io.tagway.route.Target;
import java.net.ConnectException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection and the one to a target. First it dials, where a target cannot be reached
 * another of the route, for nothing was sent; then both ends exchange their bytes. Everything
 * happens on the event loop of the client.
 */
final class Tunnel implements TunnelEnd.Owner {
  /** Most targets that are tried. */
  private static final int DIALS = 3;

  private final TcpProxy proxy;
  private final Channel client;
  private final TunnelEnd clientEnd;
  private final List<Target> tried = new ArrayList<>(1);
  private final @Nullable IdleWatch watch;
  private final long dialStart = System.nanoTime();
  private Target target;
  private @Nullable Channel upstream;
  private @Nullable TunnelEnd upstreamEnd;
  private @Nullable Future<?> dialTimer;
  private boolean dialTimedOut;
  private boolean over;

  Tunnel(TcpProxy proxy, Channel client, Target target) {
    this.proxy = proxy;
    this.client = client;
    this.target = target;
    this.clientEnd = new TunnelEnd(this);
    this.watch = proxy.limits().watch(client, this::idle);
  }

  /** The handler for the client's channel. */
  TunnelEnd clientEnd() {
    return clientEnd;
  }

  /** Dials the target; to be called once the handler is in place. */
  void dial() {
    tried.add(target);
    dialTimedOut = false;
    TunnelEnd end = new TunnelEnd(this);
    ChannelFuture connecting = proxy.dial().connect(client, target, end);
    upstream = connecting.channel();
    proxy.connections().addTarget(connecting.channel());
    dialTimer =
        client
            .eventLoop()
            .schedule(() -> late(connecting.channel()), dialNanos(), TimeUnit.NANOSECONDS);
    connecting.addListener(
        done -> {
          Future<?> timer = dialTimer;
          if (timer != null) {
            timer.cancel(false);
          }
          if (done.isSuccess()) {
            join(end);
          } else {
            dialFailed(done.cause());
          }
        });
  }

  /**
   * What is left of the limit; while there may be another target to go to only a share of it, so
   * that one which does not answer leaves time for the next.
   */
  private long dialNanos() {
    long limit = proxy.dialLimitNanos();
    long left = Math.max(limit - (System.nanoTime() - dialStart), 1);
    boolean last = tried.size() >= DIALS || target.route().targets().size() <= tried.size();
    return last ? left : Math.min(left, limit / DIALS);
  }

  private void late(Channel connecting) {
    dialTimedOut = true;
    Connections.close(connecting);
  }

  private void dialFailed(Throwable cause) {
    upstream = null;
    if (over) {
      return;
    }
    Throwable why = dialTimedOut ? new ConnectException("no connection in time") : cause;
    Target next = tried.size() < DIALS && timeIsLeft() ? another() : Target.NONE;
    proxy.dialFailed(target, why, next);
    if (next.isNone()) {
      end();
      Connections.close(client);
    } else {
      target = next;
      dial();
    }
  }

  private boolean timeIsLeft() {
    return System.nanoTime() - dialStart < proxy.dialLimitNanos();
  }

  /** A target of the route that was not tried and that admits the client. */
  private Target another() {
    InetAddress peer = Ends.of(client).source().getAddress();
    while (true) {
      Target next = target.route().pickExcept(tried);
      if (next.isNone() || next.access().admits(peer)) {
        return next;
      }
      tried.add(next);
    }
  }

  private void join(TunnelEnd end) {
    if (over) {
      Connections.close(end.channel());
      return;
    }
    if (end.channel().eventLoop() != client.eventLoop()) {
      throw new IllegalStateException("two event loops");
    }
    upstreamEnd = end;
    Target joined = target;
    proxy.observer().opened(joined);
    end.channel().closeFuture().addListener(closed -> proxy.observer().closed(joined));
    proxy.greet(end, client, target);
    clientEnd.join(end);
    end.join(clientEnd);
  }

  @Override
  public void moved(TunnelEnd at, int bytes) {
    if (at == clientEnd) {
      proxy.observer().sent(target, bytes);
    } else {
      proxy.observer().received(target, bytes);
    }
    IdleWatch w = watch;
    if (w != null) {
      w.moved();
    }
  }

  @Override
  public void writability(TunnelEnd at, boolean writable) {
    IdleWatch w = watch;
    if (w != null && at == clientEnd) {
      w.clientFull(!writable);
    }
  }

  @Override
  public void broken(TunnelEnd at) {
    if (over) {
      return;
    }
    end();
    TunnelEnd up = upstreamEnd;
    if (at != clientEnd) {
      clientEnd.abort();
    } else if (up != null && !proxy.connections().isClosed()) {
      up.abort();
    } else {
      closeUpstream();
    }
  }

  @Override
  public void ended(TunnelEnd at) {
    Channel rest = at == clientEnd ? upstream : client;
    if (rest == null || !rest.isOpen()) {
      end();
    }
  }

  private void idle() {
    end();
    Connections.close(client);
    closeUpstream();
  }

  private void closeUpstream() {
    Channel open = upstream;
    if (open != null) {
      Connections.close(open);
    }
  }

  private void end() {
    over = true;
    IdleWatch w = watch;
    if (w != null) {
      w.stop();
    }
  }
}
