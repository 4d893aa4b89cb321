package io.tagway.consul;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait after failures: doubles from the first pause to the longest, and a quarter of it
 * is random, so that many routers do not ask a recovering Consul at the same moment.
 *
 * @param first the pause after one failure
 * @param longest no pause is longer
 * @param random gives 0 (inclusive) to 1 (exclusive)
 */
public record Backoff(Duration first, Duration longest, DoubleSupplier random) {
  /**
   * The pause after so many failures in a row.
   *
   * @param failures 1 or more
   */
  public Duration pause(int failures) {
    long doubled = first.toMillis() << Math.min(20, Math.max(0, failures - 1));
    double full = (double) Math.min(longest.toMillis(), doubled);
    return Duration.ofMillis((long) (full * (0.75 + 0.25 * random.getAsDouble())));
  }
}
