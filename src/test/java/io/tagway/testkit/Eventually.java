package io.tagway.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits until something is so, and fails when a deadline is over.
 *
 * @param limit the longest wait
 */
public record Eventually(Duration limit) {
  private static final long LOOK_AGAIN_NANOS = 200_000;

  /** Waits no longer than that. */
  public static Eventually within(Duration limit) {
    return new Eventually(limit);
  }

  /** Waits ten seconds at most: long for anything local, short for whoever watches it fail. */
  public static void soon(String what, BooleanSupplier condition) {
    within(Duration.ofSeconds(10)).await(what, condition);
  }

  /** Waits until the condition holds. */
  public void await(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new AssertionError("not within " + limit.toMillis() + " ms: " + what);
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }
}
