package io.tagway.metrics;

/** Events a second, as a mean in which a minute ago weighs a third of now. Used by one thread. */
final class Rate {
  private static final double MEMORY_SECONDS = 60;

  private long before;
  private volatile double perSecond;

  /**
   * Looks at a total that only grows.
   *
   * @param seconds since the last look
   */
  void look(long total, double seconds) {
    double now = (total - before) / seconds;
    before = total;
    double share = 1 - Math.exp(-seconds / MEMORY_SECONDS);
    double next = perSecond + share * (now - perSecond);
    perSecond = next < 1e-6 ? 0 : next;
  }

  /** For any thread. */
  double perSecond() {
    return perSecond;
  }
}
