package io.tagway.consul;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Timers whose time passes only when a test says so. */
public final class ManualTimers implements Timers {
  private static final class Task implements Pending {
    private final long at;
    private final Runnable run;
    private boolean cancelled;

    Task(long at, Runnable run) {
      this.at = at;
      this.run = run;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  private final List<Task> tasks = new ArrayList<>();
  private long nanos;

  @Override
  public Pending after(Duration delay, Runnable task) {
    Task pending = new Task(nanos + Math.max(1_000_000, delay.toNanos()), task);
    tasks.add(pending);
    return pending;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  /** Lets time pass and runs what becomes due, in order. */
  public void pass(Duration time) {
    long end = nanos + time.toNanos();
    for (Optional<Task> due = next(end); due.isPresent(); due = next(end)) {
      tasks.remove(due.get());
      nanos = Math.max(nanos, due.get().at);
      due.get().run.run();
    }
    nanos = end;
  }

  /** How long until the next task runs; empty if none waits. */
  public Optional<Duration> untilNext() {
    return next(Long.MAX_VALUE).map(task -> Duration.ofNanos(task.at - nanos));
  }

  private Optional<Task> next(long end) {
    tasks.removeIf(task -> task.cancelled);
    return tasks.stream()
        .filter(task -> task.at <= end)
        .min(Comparator.comparingLong(task -> task.at));
  }
}
