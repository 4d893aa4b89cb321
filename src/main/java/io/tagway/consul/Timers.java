package io.tagway.consul;

import io.vertx.core.Vertx;
import java.time.Duration;

/** Runs something later, on the context that asked. Tests bring their own. */
public interface Timers {
  /** Something that was put off; {@link #cancel()} after it ran does nothing. */
  interface Pending {
    void cancel();
  }

  /** Runs the task once; a delay below one millisecond counts as one. */
  Pending after(Duration delay, Runnable task);

  /** Nanoseconds from an arbitrary origin, as {@link System#nanoTime()}. */
  long nanos();

  /** The timers of Vert.x. */
  static Timers of(Vertx vertx) {
    return new Timers() {
      @Override
      public Pending after(Duration delay, Runnable task) {
        long id = vertx.setTimer(Math.max(1, delay.toMillis()), fired -> task.run());
        return () -> vertx.cancelTimer(id);
      }

      @Override
      public long nanos() {
        return System.nanoTime();
      }
    };
  }
}
