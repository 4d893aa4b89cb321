package io.tagway.proxy.tcp;

import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The open connections of a listener, those of clients and those to targets, from the first byte to
 * the last. For any thread.
 */
final class Connections {
  private final Vertx vertx;
  private final Set<Channel> open = ConcurrentHashMap.newKeySet();
  private final Set<Channel> clients = ConcurrentHashMap.newKeySet();
  private final Promise<Void> empty = Promise.promise();
  private volatile boolean draining;
  private volatile boolean closed;

  Connections(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Counts a client's connection until it is closed; when all are being closed, it is as well. */
  void addClient(Channel channel) {
    clients.add(channel);
    add(channel);
    if (closed) {
      close(channel);
    }
  }

  /** Counts a connection to a target, which is closed by the tunnel it belongs to. */
  void addTarget(Channel channel) {
    add(channel);
  }

  private void add(Channel channel) {
    open.add(channel);
    var unused = channel.closeFuture().addListener(done -> remove(channel));
  }

  private void remove(Channel channel) {
    clients.remove(channel);
    open.remove(channel);
    if (draining && open.isEmpty()) {
      empty.tryComplete();
    }
  }

  /** Whether clients are cut off because time is up. */
  boolean isClosed() {
    return closed;
  }

  /** Waits until none is left; those that are still open at the limit are closed. */
  Future<Void> drain(Duration limit) {
    draining = true;
    if (open.isEmpty()) {
      empty.tryComplete();
    } else if (limit.isZero() || limit.isNegative()) {
      close();
    } else {
      long timer = vertx.setTimer(Math.max(1, limit.toMillis()), id -> close());
      empty.future().onComplete(done -> vertx.cancelTimer(timer));
    }
    return empty.future();
  }

  private void close() {
    closed = true;
    clients.forEach(Connections::close);
  }

  /** Begins to close a channel; nobody waits for it. */
  static void close(Channel channel) {
    var unused = channel.close();
  }
}
