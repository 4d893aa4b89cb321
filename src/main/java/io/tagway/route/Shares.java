package io.tagway.route;

/**
 * What the weights of a route's targets come to. Plain double arithmetic in this order, so that
 * shares and slots are those of Fabio.
 */
final class Shares {
  private static final double RING = 10_000;

  private final double[] weights;
  private final int[] slots;
  private final boolean even;

  private Shares(double[] weights, int[] slots, boolean even) {
    this.weights = weights;
    this.slots = slots;
    this.even = even;
  }

  /** Weights above 0 are fixed, the other targets share what is left. */
  static Shares of(double... asked) {
    double sum = 0;
    int fixed = 0;
    for (double weight : asked) {
      if (weight > 0) {
        sum += weight;
        fixed++;
      }
    }
    boolean scaled = sum > 1 || (fixed == asked.length && sum < 1);
    double scale = scaled ? 1 / sum : 1;
    double dynamic = Math.max(0, (1 - sum) / (asked.length - fixed));
    double[] weights = new double[asked.length];
    int[] slots = new int[asked.length];
    for (int i = 0; i < asked.length; i++) {
      weights[i] = asked[i] > 0 ? asked[i] * scale : dynamic;
      int share = (int) (RING * weights[i]);
      slots[i] = weights[i] > 0 ? Math.max(1, share) : 0;
      if (fixed == 0) {
        slots[i] = 1;
      }
    }
    return new Shares(weights, slots, fixed == 0);
  }

  int targets() {
    return slots.length;
  }

  /** Effective share of a target, 0 to 1. */
  double weight(int target) {
    return weights[target];
  }

  /** Places of a target in the ring. */
  int slots(int target) {
    return slots[target];
  }

  /** Whether no weight is fixed, so that each target has one place. */
  boolean even() {
    return even;
  }

  /** Places in the ring, about 10,000 unless even. */
  int ringSize() {
    int size = 0;
    for (int share : slots) {
      size += share;
    }
    return size;
  }
}
