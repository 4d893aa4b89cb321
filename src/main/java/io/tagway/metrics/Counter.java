package io.tagway.metrics;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Counts events or bytes. */
public final class Counter extends Meter {
  private final LongAdder total = new LongAdder();
  private final Events events;

  Counter(Family family, List<String> values, Events events) {
    super(family, values);
    this.events = events;
  }

  public void increment() {
    add(1);
  }

  /**
   * @param amount zero or more
   */
  public void add(long amount) {
    total.add(amount);
    events.counted(this);
  }

  /** Since the start. */
  public long total() {
    return total.sum();
  }

  @Override
  boolean isSeen() {
    return values().isEmpty() || total() > 0;
  }
}
