package io.tagway.proxy.http;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.tagway.proxy.Failure;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * The HTTP/1.1 connections of one event loop to one address. The one used last is used next, so
 * that those not needed grow old and go. When as many are open as may be, requests wait in a line,
 * which is bounded in length and in time. Used by one event loop.
 */
final class UpstreamPool implements UpstreamLender {
  /** The largest head of an answer; Go, and so Fabio, allows 10 MB. */
  static final int HEAD_BYTES = 1 << 20;

  private record Waiting(UpstreamUser user, long deadline) {}

  private final UpstreamKey key;
  private final UpstreamLimits limits;
  private final UpstreamDial dial;
  private final EventLoop loop;
  private final PoolGauge gauge;
  private final Runnable unused;
  private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
  private final ArrayDeque<Waiting> line = new ArrayDeque<>();
  private final LazyTimer idleTimer;
  private final LazyTimer lineTimer;
  private int open;

  /**
   * @param unused called when nothing is open and nobody waits
   */
  UpstreamPool(
      UpstreamKey key,
      UpstreamLimits limits,
      UpstreamDial dial,
      EventLoop loop,
      PoolGauge gauge,
      Runnable unused) {
    this.key = key;
    this.limits = limits;
    this.dial = dial;
    this.loop = loop;
    this.gauge = gauge;
    this.unused = unused;
    this.idleTimer = new LazyTimer(loop, this::dropOld);
    this.lineTimer = new LazyTimer(loop, this::dropLate);
  }

  /**
   * Lends a connection; the user is told, often before this returns.
   *
   * @param fresh whether a connection that has served before will not do
   */
  void borrow(UpstreamUser user, boolean fresh) {
    assert loop.inEventLoop();
    if (!fresh) {
      UpstreamConnection known;
      while ((known = idle.pollLast()) != null) {
        if (known.isUsable()) {
          user.connected(known, true);
          return;
        }
      }
    } else if (open >= limits.open() && !idle.isEmpty()) {
      UpstreamConnection oldest = idle.removeFirst();
      if (oldest.forget()) {
        open--;
      }
      oldest.close();
    }
    if (open < limits.open()) {
      open(user);
    } else if (line.size() < limits.waiting()) {
      line.addLast(new Waiting(user, System.nanoTime() + limits.dialNanos()));
      show();
      if (!lineTimer.isSet()) {
        lineTimer.set(limits.dialNanos());
      }
    } else {
      user.unavailable(Failure.BUSY, null);
    }
  }

  @Override
  public long answerLimitNanos() {
    return limits.answerNanos();
  }

  private void open(UpstreamUser user) {
    open++;
    show();
    dial.dial(
        key,
        user.dialNanos(),
        channel -> connected(user, channel),
        (failure, cause) -> {
          open--;
          if (user.waiting()) {
            user.unavailable(failure, cause);
          }
          freed();
        });
  }

  private void connected(UpstreamUser user, Channel channel) {
    assert loop.inEventLoop() && channel.eventLoop() == loop;
    UpstreamCodec codec = new UpstreamCodec();
    UpstreamConnection connection = new UpstreamConnection(channel, this, codec::isClear);
    channel.pipeline().addLast(codec, connection);
    if (user.waiting()) {
      user.connected(connection, false);
    } else {
      released(connection);
    }
  }

  @Override
  public boolean mayRefuse() {
    return false;
  }

  @Override
  public void released(UpstreamConnection connection) {
    if (!connection.isUsable()) {
      connection.close();
      return;
    }
    Waiting next;
    while ((next = line.pollFirst()) != null) {
      if (next.user.waiting()) {
        show();
        next.user.connected(connection, true);
        return;
      }
    }
    show();
    if (idle.size() >= limits.idle()) {
      connection.close();
      return;
    }
    connection.idleSince(System.nanoTime());
    idle.addLast(connection);
    if (!idleTimer.isSet()) {
      idleTimer.set(limits.idleNanos());
    }
  }

  @Override
  public void closed(UpstreamConnection connection) {
    if (connection.forget()) {
      idle.remove(connection);
      open--;
      freed();
    }
  }

  private void freed() {
    Waiting next;
    while (open < limits.open() && (next = line.pollFirst()) != null) {
      if (next.user.waiting()) {
        open(next.user);
      }
    }
    show();
    if (open == 0 && line.isEmpty()) {
      idleTimer.cancel();
      lineTimer.cancel();
      gauge.end();
      unused.run();
    }
  }

  private void show() {
    gauge.show(open, line.size());
  }

  private void dropOld() {
    long now = System.nanoTime();
    UpstreamConnection oldest;
    while ((oldest = idle.peekFirst()) != null) {
      long left = oldest.idleSince() + limits.idleNanos() - now;
      if (left > 0) {
        idleTimer.set(left);
        return;
      }
      idle.removeFirst();
      oldest.close();
    }
  }

  private void dropLate() {
    long now = System.nanoTime();
    Iterator<Waiting> all = line.iterator();
    while (all.hasNext()) {
      Waiting one = all.next();
      if (one.deadline - now > 0) {
        lineTimer.set(one.deadline - now);
        return;
      }
      all.remove();
      show();
      if (one.user.waiting()) {
        one.user.unavailable(Failure.BUSY, null);
      }
    }
  }
}
