package io.tagway.bgp;

import java.time.Duration;

/** Later, on the thread of the speaker. */
interface Timers {
  /** Runs the task once after the delay, unless it is cancelled before. */
  Timer after(Duration delay, Runnable task);

  /** A task to come. */
  interface Timer {
    void cancel();
  }
}
