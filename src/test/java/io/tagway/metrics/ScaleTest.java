package io.tagway.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Quantiles read from classes of durations. */
class ScaleTest {
  @Test
  void everyDurationIsInItsClass() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 100_000; i++) {
      long nanos = random.nextLong(1L << random.nextInt(1, 37));
      int number = Scale.classOf(nanos);
      assertTrue(Scale.lowest(number) <= nanos, () -> nanos + " in " + number);
      assertTrue(nanos < Scale.lowest(number + 1), () -> nanos + " in " + number);
    }
  }

  @Test
  void theEndsAreOpen() {
    assertEquals(0, Scale.classOf(0));
    assertEquals(Scale.CLASSES - 1, Scale.classOf(Long.MAX_VALUE));
    assertEquals(Scale.CLASSES - 1, Scale.classOf(1L << 37));
    assertEquals(Scale.CLASSES - 2, Scale.classOf((1L << 37) - 1));
  }

  @Test
  void quantilesAreCloseToTheTruth() {
    SplittableRandom random = new SplittableRandom(11);
    long[] durations = new long[50_000];
    long[] counts = new long[Scale.CLASSES];
    for (int i = 0; i < durations.length; i++) {
      durations[i] = (long) (1e6 * Math.exp(2 * random.nextGaussian()));
      counts[Scale.classOf(durations[i])]++;
    }
    Arrays.sort(durations);

    for (double quantile : new double[] {0.5, 0.9, 0.95, 0.99}) {
      double truth = durations[(int) (quantile * durations.length)];
      assertEquals(truth, Scale.quantile(number -> counts[number], quantile), truth * 0.06);
    }
  }

  @Test
  void nothingHasNoQuantiles() {
    assertEquals(0, Scale.quantile(number -> 0, 0.5));
  }
}
