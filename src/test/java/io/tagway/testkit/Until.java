package io.tagway.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits on a condition, never on the clock alone: a deadline says when to give up. */
public final class Until {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private Until() {}

  /** Returns as soon as the condition holds; fails after half a minute. */
  public static void holds(String what, Callable<Boolean> condition) {
    holds(() -> what, condition);
  }

  /** As above, with a text that is made only on failure. */
  public static void holds(Supplier<String> what, Callable<Boolean> condition) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      try {
        if (condition.call()) {
          return;
        }
      } catch (RuntimeException | AssertionError e) {
        throw e;
      } catch (Exception e) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("waited in vain for " + what.get(), e);
        }
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain for " + what.get());
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}
