package io.tagway.metrics;

import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.time.Duration;

/** Lets one output send, again and again, on a thread of its own: a slow one holds up nobody. */
final class Pump {
  private static final System.Logger LOG = System.getLogger(Pump.class.getName());

  /** How often an output is asked whether it is urgent. */
  private static final long LOOK_MILLIS = 100;

  private final Output output;
  private final Duration interval;
  private final Duration retry;
  private final Thread thread;
  private volatile boolean closing;
  private boolean failing;

  /**
   * @param retry pause before another attempt after a failed one
   */
  Pump(Output output, Duration interval, Duration retry) {
    this.output = output;
    this.interval = interval;
    this.retry = retry;
    this.thread = new Thread(this::run, "metrics-" + output.name());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Sends once more and ends; waits no longer than the limit. */
  void close(Duration limit) {
    closing = true;
    thread.interrupt();
    try {
      thread.join(limit.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    long next = System.nanoTime() + interval.toNanos();
    while (!closing) {
      pauseUntil(next);
      boolean sent = send();
      long now = System.nanoTime();
      next = now + (sent ? interval : shorter(interval, retry)).toNanos();
    }
    // What interrupted the pause must not break off the last words.
    Thread.interrupted();
    send();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void pauseUntil(long nanos) {
    try {
      long left;
      while (!closing && (left = nanos - System.nanoTime()) > 0 && !output.isUrgent()) {
        Thread.sleep(Math.min(LOOK_MILLIS, left / 1_000_000 + 1));
      }
    } catch (InterruptedException e) {
      // Only close() does that, and it has said so.
      closing = true;
    }
  }

  private boolean send() {
    try {
      output.send();
      failing = false;
      return true;
    } catch (IOException | RuntimeException e) {
      if (!failing) {
        String text = "metrics: cannot send to " + output.name() + ": " + e.getMessage();
        LOG.log(WARNING, text);
      }
      failing = true;
      return false;
    }
  }
}
