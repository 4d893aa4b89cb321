package io.tagway.metrics;

import java.util.List;
import java.util.function.Supplier;

/** What is recorded in it, together with the durations of other timers of its kind. */
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
  long count() {
    return super.count() + parts.get().stream().mapToLong(Timer::count).sum();
  }

  @Override
  void addTo(long[] sums) {
    super.addTo(sums);
    parts.get().forEach(part -> part.addTo(sums));
  }

  @Override
  boolean isSeen() {
    return super.isSeen() || parts.get().stream().anyMatch(Timer::isSeen);
  }
}
