package io.tagway.proxy.http;

import java.util.concurrent.atomic.AtomicLong;

/** Waits until nothing more moves. */
final class Stall {
  private static final long QUIET_NANOS = 500_000_000L;

  private Stall() {}

  /** What has moved by then, for something has to. */
  static long of(AtomicLong moved) {
    long[] last = {-1, System.nanoTime()};
    Await.until(
        "a stall",
        () -> {
          long now = System.nanoTime();
          if (moved.get() != last[0]) {
            last[0] = moved.get();
            last[1] = now;
          }
          return last[0] > 0 && now - last[1] > QUIET_NANOS;
        });
    return last[0];
  }
}
