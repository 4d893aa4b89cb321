package io.tagway.proxy.tcp;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Looks again and again until something is so, for ten seconds at most. */
final class Await {
  private static final long LIMIT_NANOS = 10_000_000_000L;

  private Await() {}

  static void until(String what, BooleanSupplier condition) {
    until(() -> what, condition);
  }

  static void until(Supplier<String> what, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("still not: " + what.get());
      }
      LockSupport.parkNanos(500_000L);
    }
  }
}
