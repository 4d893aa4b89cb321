package io.tagway.metrics;

/** Keeps every duration for an output that wants each of them. */
final class Observations implements Events {
  private static final int SIZE = 1 << 16;

  private final Ring<Observed> ring = new Ring<>(SIZE);

  @Override
  public void counted(Counter counter) {}

  @Override
  public void changed(Gauge gauge) {}

  @Override
  public void timed(Timer timer, long nanos) {
    ring.add(new Observed(timer, nanos));
  }

  Ring<Observed> ring() {
    return ring;
  }

  boolean isHalfFull() {
    return ring.size() > SIZE / 2;
  }
}
