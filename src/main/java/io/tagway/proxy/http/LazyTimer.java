package io.tagway.proxy.http;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A deadline that is cheap to move. Setting and clearing it writes a number; a task of the event
 * loop exists only now and then, and when it runs early it looks again later. Used by one event
 * loop.
 */
final class LazyTimer {
  private static final long OFF = Long.MAX_VALUE;

  private final EventLoop loop;
  private final Runnable expired;
  private long deadline = OFF;
  private long wakes = OFF;
  private @Nullable Future<?> task;

  LazyTimer(EventLoop loop, Runnable expired) {
    this.loop = loop;
    this.expired = expired;
  }

  /** Expires after so many nanoseconds, unless set anew or cleared; zero or less clears. */
  void set(long nanos) {
    if (nanos <= 0) {
      clear();
      return;
    }
    long now = System.nanoTime();
    deadline = now + nanos;
    if (task == null || deadline - wakes < 0) {
      schedule(nanos);
    }
  }

  /** Expires no more. */
  void clear() {
    deadline = OFF;
  }

  boolean isSet() {
    return deadline != OFF;
  }

  /** Gives back the task; the timer can be set again. */
  void cancel() {
    clear();
    Future<?> running = task;
    if (running != null) {
      running.cancel(false);
      task = null;
    }
  }

  private void schedule(long nanos) {
    Future<?> running = task;
    if (running != null) {
      running.cancel(false);
    }
    wakes = System.nanoTime() + nanos;
    task = loop.schedule(this::wake, nanos, TimeUnit.NANOSECONDS);
  }

  private void wake() {
    task = null;
    if (deadline == OFF) {
      return;
    }
    long left = deadline - System.nanoTime();
    if (left > 0) {
      schedule(left);
    } else {
      clear();
      expired.run();
    }
  }
}
