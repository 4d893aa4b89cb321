package io.tagway.metrics;

import java.util.function.IntToLongFunction;

/**
 * Durations in classes: eight to each doubling, from 8 microseconds to 137 seconds, so that a
 * quantile read from counts is off by 6 % at most.
 */
final class Scale {
  private static final int FIRST_BIT = 13;
  private static final int LAST_BIT = 37;
  private static final int STEP_BITS = 3;
  private static final int STEPS = 1 << STEP_BITS;

  /** One class below the first doubling, one above the last. */
  static final int CLASSES = (LAST_BIT - FIRST_BIT) * STEPS + 2;

  private Scale() {}

  static int classOf(long nanos) {
    if (nanos < 1L << FIRST_BIT) {
      return 0;
    }
    int bit = 63 - Long.numberOfLeadingZeros(nanos);
    return bit >= LAST_BIT
        ? CLASSES - 1
        : ((bit - FIRST_BIT) << STEP_BITS)
            + (int) ((nanos >>> (bit - STEP_BITS)) & (STEPS - 1))
            + 1;
  }

  /** The smallest duration of a class. */
  static long lowest(int number) {
    if (number == 0) {
      return 0;
    }
    int bit = FIRST_BIT + ((number - 1) >> STEP_BITS);
    return (1L << bit) + ((long) ((number - 1) & (STEPS - 1)) << (bit - STEP_BITS));
  }

  /**
   * The duration that a share of all does not exceed, in nanoseconds; 0 if there are none.
   *
   * @param counts gives that of each class
   * @param quantile 0 to 1
   */
  static double quantile(IntToLongFunction counts, double quantile) {
    long all = 0;
    for (int i = 0; i < CLASSES; i++) {
      all += counts.applyAsLong(i);
    }
    double rank = quantile * all;
    long seen = 0;
    for (int i = 0; i < CLASSES; i++) {
      long here = counts.applyAsLong(i);
      if (here > 0 && seen + here >= rank) {
        long low = lowest(i);
        long high = i == CLASSES - 1 ? low : lowest(i + 1);
        return low + (high - low) * Math.max(0, rank - seen) / here;
      }
      seen += here;
    }
    return 0;
  }
}
