package io.tagway.bgp;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: from one second doubling to a minute, less a quarter. */
final class Backoff {
  private static final long FIRST_MILLIS = 1_000;
  private static final long MOST_MILLIS = 60_000;

  private final RandomGenerator random;
  private long millis = FIRST_MILLIS;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** Jitter keeps two routers that start together from meeting at every try. */
  Duration next() {
    long now = millis;
    millis = Math.min(MOST_MILLIS, 2 * millis);
    return Duration.ofMillis(now - random.nextLong(now / 4 + 1));
  }

  void reset() {
    millis = FIRST_MILLIS;
  }
}
