package io.tagway.route;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The order in which the targets of a route take turns, as indices of targets. A full ring has
 * about 10,000 places; most repeat a shorter pattern, and no more than the pattern is kept, in
 * bytes where they suffice.
 */
final class Ring {
  private final int size;
  private final byte @Nullable [] bytes;
  private final int @Nullable [] ints;

  private Ring(int size, byte @Nullable [] bytes, int @Nullable [] ints) {
    this.size = size;
    this.bytes = bytes;
    this.ints = ints;
  }

  static Ring of(Shares shares) {
    return shares.even() ? new Ring(shares.targets(), null, null) : spread(shares);
  }

  /** Those with the fewest places go first; where a place is taken the next free one is used. */
  private static Ring spread(Shares shares) {
    int size = shares.ringSize();
    int[] ring = new int[size];
    int[] free = new int[size];
    Arrays.setAll(free, place -> place);
    IntStream.range(0, shares.targets())
        .boxed()
        .sorted(Comparator.comparingInt(shares::slots))
        .forEach(target -> spread(ring, free, target, shares.slots(target)));
    return compact(ring, shares.targets());
  }

  private static void spread(int[] ring, int[] free, int target, int slots) {
    int step = slots == 0 ? 0 : ring.length / slots;
    int place = 0;
    for (int left = slots; left > 0; left--) {
      place = nextFree(free, place);
      ring[place] = target;
      free[place] = place + 1 == ring.length ? 0 : place + 1;
      place += step;
      place -= place >= ring.length ? ring.length : 0;
    }
  }

  /** Follows the hints that taken places leave, and shortens them. */
  private static int nextFree(int[] free, int from) {
    int place = from;
    while (free[place] != place) {
      free[place] = free[free[place]];
      place = free[place];
    }
    return place;
  }

  private static Ring compact(int[] ring, int targets) {
    int period = period(ring);
    if (targets > 256) {
      return new Ring(period, null, Arrays.copyOf(ring, period));
    }
    byte[] bytes = new byte[period];
    for (int i = 0; i < period; i++) {
      bytes[i] = (byte) ring[i];
    }
    return new Ring(period, bytes, null);
  }

  /** Length of the shortest pattern of which the ring is a whole number of repetitions. */
  private static int period(int[] ring) {
    for (int period = 1; period <= ring.length / 2; period++) {
      if (ring.length % period == 0
          && Arrays.equals(ring, 0, ring.length - period, ring, period, ring.length)) {
        return period;
      }
    }
    return ring.length;
  }

  /** Number of places until the order repeats. */
  int size() {
    return size;
  }

  /** Index of the target at a place, 0 to size - 1. */
  int at(int place) {
    if (bytes != null) {
      return bytes[place] & 0xff;
    }
    return ints != null ? ints[place] : place;
  }
}
