package io.tagway.proxy.http;

import io.netty.channel.EventLoop;
import io.tagway.proxy.Failure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP/2 connections of one event loop to one address. A new one is made when those there are
 * carry as many requests as they may; until it is there requests wait in a line, which is bounded
 * in length and in time. Used by one event loop.
 */
final class StreamPool {
  private record Waiting(UpstreamUser user, long deadline) {}

  private final UpstreamKey key;
  private final UpstreamLimits limits;
  private final UpstreamDial dial;
  private final PoolGauge gauge;
  private final Consumer<StreamPool> unused;
  private final List<StreamConnection> connections = new ArrayList<>();
  private final ArrayDeque<Waiting> line = new ArrayDeque<>();
  private final LazyTimer idleTimer;
  private final LazyTimer lineTimer;
  private final LazyTimer settingsTimer;
  private boolean dialling;
  private boolean retired;

  /**
   * @param unused called when nothing is open and nobody waits
   */
  StreamPool(
      UpstreamKey key,
      UpstreamLimits limits,
      UpstreamDial dial,
      EventLoop loop,
      PoolGauge gauge,
      Consumer<StreamPool> unused) {
    this.key = key;
    this.limits = limits;
    this.dial = dial;
    this.gauge = gauge;
    this.unused = unused;
    this.idleTimer = new LazyTimer(loop, this::dropIdle);
    this.lineTimer = new LazyTimer(loop, this::dropLate);
    this.settingsTimer = new LazyTimer(loop, this::dropSilent);
  }

  /** Lends a stream; the user is told, often before this returns. */
  void borrow(UpstreamUser user) {
    for (StreamConnection connection : connections) {
      if (connection.hasRoom()) {
        connection.lend(user);
        return;
      }
    }
    if (line.size() >= limits.waiting()) {
      user.unavailable(Failure.BUSY, null);
      return;
    }
    long wait = user.dialNanos();
    line.addLast(new Waiting(user, System.nanoTime() + wait));
    show();
    if (!lineTimer.isSet()) {
      lineTimer.set(wait);
    }
    dialIfNeeded();
  }

  private void dialIfNeeded() {
    Waiting first = line.peekFirst();
    if (first == null || dialling || connections.size() >= limits.open()) {
      return;
    }
    dialling = true;
    long left = Math.max(first.deadline - System.nanoTime(), 1);
    dial.dial(
        key,
        left,
        channel -> {
          connections.add(StreamConnection.on(channel, this, key.tls()));
          show();
          // A server speaks first as well (RFC 9113, section 3.4); until then it may be anything.
          settingsTimer.set(left);
        },
        this::undialled);
  }

  /** Those who wait share what became of it; each of them knows where else to go. */
  private void undialled(Failure failure, @Nullable Throwable cause) {
    dialling = false;
    settingsTimer.clear();
    List<Waiting> all = new ArrayList<>(line);
    line.clear();
    show();
    for (Waiting one : all) {
      if (one.user.waiting()) {
        one.user.unavailable(failure, cause);
      }
    }
    endIfUnused();
  }

  /** The other side speaks HTTP/2. */
  void ready(StreamConnection connection) {
    dialling = false;
    settingsTimer.clear();
    freed(connection);
  }

  /** A stream has ended, or more of them may be opened. */
  void freed(StreamConnection connection) {
    Waiting next;
    while (connection.hasRoom() && (next = line.pollFirst()) != null) {
      if (next.user.waiting()) {
        connection.lend(next.user);
      }
    }
    show();
    dialIfNeeded();
    if (!connection.isBusy() && !connection.isLeaving()) {
      if (retired) {
        connection.leave();
      } else if (!idleTimer.isSet()) {
        idleTimer.set(limits.idleNanos());
      }
    }
  }

  /** A connection is gone. */
  void closed(StreamConnection connection) {
    if (!connections.remove(connection)) {
      return;
    }
    show();
    if (connection.isReady()) {
      dialIfNeeded();
      endIfUnused();
    } else {
      undialled(Failure.DIAL_FAILED, connection.cause());
    }
  }

  private void endIfUnused() {
    if (connections.isEmpty() && line.isEmpty() && !dialling) {
      idleTimer.cancel();
      lineTimer.cancel();
      settingsTimer.cancel();
      gauge.end();
      unused.accept(this);
    }
  }

  private void show() {
    gauge.show(connections.size(), line.size());
  }

  /** Nobody will ask any more; what runs may go on until {@link #close}. */
  void retire() {
    retired = true;
    List.copyOf(connections).stream()
        .filter(StreamConnection::isReady)
        .forEach(StreamConnection::leave);
  }

  /** Ends what still runs. */
  void close() {
    List.copyOf(connections).forEach(StreamConnection::close);
  }

  UpstreamKey key() {
    return key;
  }

  private void dropSilent() {
    for (StreamConnection connection : List.copyOf(connections)) {
      if (!connection.isReady()) {
        connections.remove(connection);
        connection.close();
        undialled(Failure.DIAL_TIMEOUT, null);
      }
    }
  }

  private void dropIdle() {
    long now = System.nanoTime();
    long soonest = Long.MAX_VALUE;
    for (StreamConnection connection : List.copyOf(connections)) {
      if (!connection.isBusy() && connection.isReady()) {
        long left = connection.idleSince() + limits.idleNanos() - now;
        if (left > 0) {
          soonest = Math.min(soonest, left);
        } else {
          connection.leave();
        }
      }
    }
    if (soonest != Long.MAX_VALUE) {
      idleTimer.set(soonest);
    }
  }

  private void dropLate() {
    long now = System.nanoTime();
    long soonest = Long.MAX_VALUE;
    for (Waiting one : List.copyOf(line)) {
      if (one.deadline - now > 0) {
        soonest = Math.min(soonest, one.deadline - now);
      } else {
        line.remove(one);
        show();
        if (one.user.waiting()) {
          one.user.unavailable(dialling ? Failure.DIAL_TIMEOUT : Failure.BUSY, null);
        }
      }
    }
    if (soonest != Long.MAX_VALUE) {
      lineTimer.set(soonest);
    }
  }
}
