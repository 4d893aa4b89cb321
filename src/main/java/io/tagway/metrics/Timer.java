package io.tagway.metrics;

import java.util.Arrays;
import java.util.List;

/** Durations: how many, their sum, and how they are spread. */
public sealed class Timer extends Meter permits TotalTimer {
  private static final int SUM = 0;
  private static final int COUNT = 1;
  private static final int BUCKETS = 2;

  private final Stripes stripes;
  private final Bounds bounds;
  private final boolean classed;
  private final Events events;

  /**
   * @param classed whether it keeps what quantiles are read from, which takes the most memory
   */
  Timer(Family family, List<String> values, Bounds bounds, boolean classed, Events events) {
    super(family, values);
    this.stripes = new Stripes(BUCKETS + bounds.count() + (classed ? Scale.CLASSES : 0));
    this.bounds = bounds;
    this.classed = classed;
    this.events = events;
  }

  /**
   * Takes note of a duration.
   *
   * @param nanos negative ones, which no clock should give, count as 0
   */
  public void record(long nanos) {
    long duration = Math.max(0, nanos);
    long[][] mine = stripes.mine();
    Stripes.add(mine, SUM, duration);
    Stripes.add(mine, COUNT, 1);
    int bucket = bounds.indexOf(duration);
    if (bucket < bounds.count()) {
      Stripes.add(mine, BUCKETS + bucket, 1);
    }
    if (classed) {
      Stripes.add(mine, BUCKETS + bounds.count() + Scale.classOf(duration), 1);
    }
    tell(duration);
  }

  /** Tells of a duration those that need each single one. */
  final void tell(long nanos) {
    events.timed(this, Math.max(0, nanos));
  }

  /** How many durations there were so far; cheaper than a whole reading. */
  long count() {
    return stripes.sum(COUNT);
  }

  /** How it stands; not one moment of all threads, but nothing is counted twice or lost. */
  Reading read() {
    long[] sums = new long[stripes.length()];
    addTo(sums);
    return Reading.of(sums, BUCKETS + bounds.count());
  }

  /** Adds up what was counted; timers of one kind have the same counts. */
  void addTo(long[] sums) {
    stripes.addTo(sums);
  }

  @Override
  boolean isSeen() {
    return values().isEmpty() || !stripes.isUntouched();
  }

  /**
   * Counts at one moment, or what came between two. Some are kept for each route, so the classes
   * above and below all that was counted are left out.
   */
  static final class Reading {
    static final Reading NOTHING = new Reading(new long[BUCKETS], 0, new long[0]);

    /** Sum, count and buckets. */
    private final long[] totals;

    private final int firstClass;
    private final long[] classes;

    private Reading(long[] totals, int firstClass, long[] classes) {
      this.totals = totals;
      this.firstClass = firstClass;
      this.classes = classes;
    }

    private static Reading of(long[] counts, int classesFrom) {
      int from = classesFrom;
      int to = counts.length;
      while (from < to && counts[from] == 0) {
        from++;
      }
      while (to > from && counts[to - 1] == 0) {
        to--;
      }
      return new Reading(
          Arrays.copyOf(counts, classesFrom),
          from - classesFrom,
          Arrays.copyOfRange(counts, from, to));
    }

    long count() {
      return totals[COUNT];
    }

    long sumNanos() {
      return totals[SUM];
    }

    /** Durations within one bucket alone, not those below it. */
    long inBucket(int index) {
      return BUCKETS + index < totals.length ? totals[BUCKETS + index] : 0;
    }

    /** Durations of one class of {@link Scale}. */
    long inClass(int number) {
      int at = number - firstClass;
      return at >= 0 && at < classes.length ? classes[at] : 0;
    }

    /** See {@link Scale#quantile}. */
    double quantileNanos(double quantile) {
      return Scale.quantile(this::inClass, quantile);
    }

    /** What came since an earlier reading of the same timer. */
    Reading since(Reading earlier) {
      long[] total = totals.clone();
      for (int i = 0; i < earlier.totals.length; i++) {
        total[i] -= earlier.totals[i];
      }
      long[] left = classes.clone();
      for (int i = 0; i < left.length; i++) {
        left[i] -= earlier.inClass(firstClass + i);
      }
      return new Reading(total, firstClass, left);
    }
  }
}
