package io.tagway.proxy;

import io.netty.util.concurrent.EventExecutor;
import io.tagway.metrics.Family;
import io.tagway.metrics.Meters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How late event loops come to what was to be done at a certain time: the sign that one of them has
 * too much to do, or waits where it must not.
 */
public final class LoopLag {
  private static final Family LAG =
      Family.gauge(
          "tagway.eventloop.lag.seconds",
          "Largest delay of an event loop within the last 10 to 20 seconds.",
          "loop");
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final EventExecutor loop;
  private long due;
  private long windowEnd;
  private volatile long worst;
  private volatile long worstBefore;

  private LoopLag(EventExecutor loop) {
    this.loop = loop;
  }

  /** Watches each of these loops from now on, until it ends, and gives what it sees of them. */
  public static List<LoopLag> watch(Iterable<EventExecutor> loops, Meters meters) {
    List<LoopLag> lags = new ArrayList<>();
    for (EventExecutor loop : loops) {
      LoopLag lag = new LoopLag(loop);
      meters.gauge(LAG, lag::seconds, Integer.toString(lags.size()));
      lags.add(lag);
      loop.execute(lag::begin);
    }
    return lags;
  }

  /** The largest delay within the last 10 to 20 seconds; any thread. */
  public double seconds() {
    return Math.max(worst, worstBefore) / 1e9;
  }

  private void begin() {
    windowEnd = System.nanoTime() + WINDOW_NANOS;
    next();
  }

  private void next() {
    due = System.nanoTime() + LOOK_NANOS;
    var unused = loop.schedule(this::look, LOOK_NANOS, TimeUnit.NANOSECONDS);
  }

  private void look() {
    long now = System.nanoTime();
    if (now - windowEnd >= 0) {
      windowEnd = now + WINDOW_NANOS;
      worstBefore = worst;
      worst = 0;
    }
    worst = Math.max(worst, now - due);
    next();
  }
}
