package io.tagway.bgp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Timers that run when the test moves the time. */
final class HandTimers implements Timers {
  private record Due(long millis, Runnable task) {}

  private final List<Due> due = new ArrayList<>();
  private long now;

  @Override
  public Timer after(Duration delay, Runnable task) {
    Due entry = new Due(now + delay.toMillis(), task);
    due.add(entry);
    return () -> due.remove(entry);
  }

  void pass(Duration time) {
    long end = now + time.toMillis();
    while (true) {
      List<Due> ready =
          due.stream()
              .filter(entry -> entry.millis() <= end)
              .sorted(Comparator.comparingLong(Due::millis))
              .toList();
      if (ready.isEmpty()) {
        now = end;
        return;
      }
      Due first = ready.get(0);
      due.remove(first);
      now = Math.max(now, first.millis());
      first.task().run();
    }
  }

  int pending() {
    return due.size();
  }
}
