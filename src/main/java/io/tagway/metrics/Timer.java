package io.tagway.metrics;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/** Durations: how many, their sum, and how they are spread. */
public final class Timer extends Meter {
  private static final int SUM = 0;
  private static final int CLASSES = 1;
  private static final int BUCKETS = CLASSES + Scale.CLASSES;

  private final Stripes stripes;
  private final Bounds bounds;
  private final Events events;

  Timer(Family family, List<String> values, Bounds bounds, Events events) {
    super(family, values);
    this.stripes = new Stripes(BUCKETS + bounds.count());
    this.bounds = bounds;
    this.events = events;
  }

  /**
   * Takes note of a duration.
   *
   * @param nanos negative ones, which no clock should give, count as 0
   */
  public void record(long nanos) {
    long duration = Math.max(0, nanos);
    AtomicLongArray mine = stripes.mine();
    mine.getAndAdd(SUM, duration);
    mine.getAndIncrement(CLASSES + Scale.classOf(duration));
    int bucket = bounds.indexOf(duration);
    if (bucket < bounds.count()) {
      mine.getAndIncrement(BUCKETS + bucket);
    }
    events.timed(this, duration);
  }

  /** How it stands; not one moment of all threads, but nothing is counted twice or lost. */
  Reading read() {
    return new Reading(stripes.sums());
  }

  @Override
  boolean isSeen() {
    return values().isEmpty() || !stripes.isUntouched();
  }

  /** Counts at one moment, or what came between two. */
  static final class Reading {
    static final Reading NOTHING = new Reading(new long[0]);

    private final long[] counts;

    private Reading(long[] counts) {
      this.counts = counts;
    }

    long count() {
      long all = 0;
      for (int i = CLASSES; i < Math.min(BUCKETS, counts.length); i++) {
        all += counts[i];
      }
      return all;
    }

    long sumNanos() {
      return counts.length == 0 ? 0 : counts[SUM];
    }

    /** Durations within one bucket alone, not those below it. */
    long inBucket(int index) {
      return counts.length == 0 ? 0 : counts[BUCKETS + index];
    }

    /** Durations of one class of {@link Scale}. */
    long inClass(int number) {
      return counts.length == 0 ? 0 : counts[CLASSES + number];
    }

    /** See {@link Scale#quantile}. */
    double quantileNanos(double quantile) {
      return counts.length == 0 ? 0 : Scale.quantile(counts, CLASSES, quantile);
    }

    /** What came since an earlier reading of the same timer. */
    Reading since(Reading earlier) {
      if (earlier.counts.length == 0) {
        return this;
      }
      long[] left = counts.clone();
      for (int i = 0; i < left.length; i++) {
        left[i] -= earlier.counts[i];
      }
      return new Reading(left);
    }
  }
}
