package io.tagway.proxy.tcp;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection on which nothing moves. What is told between two looks costs a reading of the
 * clock; the task of the event loop looks when the limit can be over at the earliest. Used by one
 * event loop.
 */
final class IdleWatch {
  private static final long NEVER = Long.MAX_VALUE;

  private final EventLoop loop;
  private final long idleNanos;
  private final long fullNanos;
  private final Runnable expired;
  private long movedAt = System.nanoTime();
  private long fullSince;
  private boolean full;
  private @Nullable Future<?> task;

  /**
   * @param idleNanos longest time without a byte in either direction; 0 is no limit
   * @param fullNanos longest time in which a client that is sent to takes nothing; 0 is no limit
   */
  IdleWatch(EventLoop loop, long idleNanos, long fullNanos, Runnable expired) {
    this.loop = loop;
    this.idleNanos = idleNanos;
    this.fullNanos = fullNanos;
    this.expired = expired;
    schedule(left(movedAt));
  }

  void moved() {
    movedAt = System.nanoTime();
  }

  void clientFull(boolean now) {
    full = now;
    fullSince = System.nanoTime();
    if (now && fullNanos > 0 && (idleNanos == 0 || fullNanos < idleNanos)) {
      stop();
      schedule(left(fullSince));
    }
  }

  private long left(long now) {
    long idle = idleNanos > 0 ? movedAt + idleNanos - now : NEVER;
    long stuck = full && fullNanos > 0 ? fullSince + fullNanos - now : NEVER;
    return Math.min(idle, stuck);
  }

  private void look() {
    task = null;
    long left = left(System.nanoTime());
    if (left <= 0) {
      expired.run();
    } else {
      schedule(left);
    }
  }

  private void schedule(long nanos) {
    if (nanos != NEVER) {
      task = loop.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
    }
  }

  void stop() {
    Future<?> running = task;
    if (running != null) {
      running.cancel(false);
      task = null;
    }
  }
}
