package io.tagway.registry;

import java.time.Duration;

/**
 * How much of the time may be spent on searching the whole catalog: a share of it, with something
 * saved up in quiet times for a few searches in a row.
 */
final class SearchBudget {
  private final double share;
  private final double savedNanos;
  private double credit;
  private long at;

  /**
   * @param share of the time, above 0 to 1
   * @param saved the longest search time that can be saved up; zero means one search at a time
   * @param now nanoseconds, as all times here
   */
  SearchBudget(double share, Duration saved, long now) {
    this.share = share;
    this.savedNanos = (double) saved.toNanos();
    this.credit = savedNanos;
    this.at = now;
  }

  /** Nanoseconds until a search may start; 0: now. */
  long left(long now) {
    refill(now);
    return credit >= 0 ? 0 : (long) Math.ceil(-credit / share);
  }

  /** Takes note of a search that took so long. */
  void spend(long now, long nanos) {
    refill(now);
    credit -= nanos;
  }

  private void refill(long now) {
    credit = Math.min(savedNanos, credit + share * (now - at));
    at = now;
  }
}
