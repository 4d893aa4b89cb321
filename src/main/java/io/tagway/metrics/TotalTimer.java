package io.tagway.metrics;

import java.util.List;
import java.util.function.Supplier;

/** The durations of several timers of one kind together; nothing is recorded in it. */
final class TotalTimer extends Timer {
  private final Supplier<List<Timer>> parts;

  /**
   * @param parts at this moment; none may be left out later
   */
  TotalTimer(
      Family family,
      List<String> values,
      Bounds bounds,
      boolean classed,
      Events events,
      Supplier<List<Timer>> parts) {
    super(family, values, bounds, classed, events);
    this.parts = parts;
  }

  @Override
  public void record(long nanos) {
    throw new UnsupportedOperationException("record it in a part");
  }

  @Override
  long count() {
    return parts.get().stream().mapToLong(Timer::count).sum();
  }

  @Override
  void addTo(long[] sums) {
    parts.get().forEach(part -> part.addTo(sums));
  }

  @Override
  boolean isSeen() {
    return parts.get().stream().anyMatch(Timer::isSeen);
  }
}
