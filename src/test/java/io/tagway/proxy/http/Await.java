package io.tagway.proxy.http;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** Looks again and again until something is so, for ten seconds at most. */
final class Await {
  private static final long LIMIT_NANOS = 10_000_000_000L;

  private Await() {}

  static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("still not: " + what);
      }
      LockSupport.parkNanos(500_000L);
    }
  }

  static void atLeast(IntSupplier value, int least) {
    until("at least " + least, () -> value.getAsInt() >= least);
  }

  /** For threads of a target, whose failures show as a connection that ends. */
  static void on(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IOException("still waiting");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
