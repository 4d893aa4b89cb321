package io.tagway.metrics;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at all targets every five seconds, on a thread of its own. */
final class Looks {
  private static final long SECONDS = 5;

  private final RouteSeries routes;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "metrics");
            thread.setDaemon(true);
            return thread;
          });
  private long last = System.nanoTime();

  Looks(RouteSeries routes) {
    this.routes = routes;
  }

  void start() {
    last = System.nanoTime();
    var unused = clock.scheduleWithFixedDelay(this::look, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  private void look() {
    long now = System.nanoTime();
    routes.look((now - last) / 1e9);
    last = now;
  }

  void close() {
    clock.shutdownNow();
  }
}
