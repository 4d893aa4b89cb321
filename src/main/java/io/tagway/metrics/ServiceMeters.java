package io.tagway.metrics;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** What is measured for each service: its requests, by status as well. For any thread. */
public final class ServiceMeters {
  private static final int LOWEST = 100;
  private static final int HUNDREDS = 9;

  private final Meters meters;
  private final String service;
  private final Timer requests;
  private final AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable Timer>> statuses =
      new AtomicReferenceArray<>(HUNDREDS);
  private volatile boolean gone;

  ServiceMeters(Meters meters, String service) {
    this.meters = meters;
    this.service = service;
    this.requests = meters.hiddenTimer(Families.REQUESTS, service);
  }

  /**
   * A request was answered.
   *
   * @param status 100 to 999; 0 if the client was not sent any
   */
  void answered(int status, long nanos) {
    requests.record(nanos);
    int row = status / LOWEST - 1;
    if (row >= 0 && row < HUNDREDS) {
      status(row, status % LOWEST).record(nanos);
    }
  }

  private Timer status(int row, int column) {
    AtomicReferenceArray<@Nullable Timer> timers = statuses.get(row);
    Timer timer = timers == null ? null : timers.get(column);
    return timer != null ? timer : make(row, column);
  }

  /** Once for each status that the service ever answers with. */
  private synchronized Timer make(int row, int column) {
    AtomicReferenceArray<@Nullable Timer> timers = statuses.get(row);
    if (timers == null) {
      timers = new AtomicReferenceArray<>(LOWEST);
      statuses.set(row, timers);
    }
    Timer timer = timers.get(column);
    if (timer == null) {
      String code = Integer.toString((row + 1) * LOWEST + column);
      timer = meters.hiddenTimer(Families.HTTP_STATUS, code, service);
      timers.set(column, timer);
      if (!gone) {
        meters.show(timer);
      }
    }
    return timer;
  }

  synchronized void show() {
    gone = false;
    meters.show(requests);
    each(meters::show);
  }

  /** A request that still runs may go on counting; nobody sees it. */
  synchronized void hide() {
    gone = true;
    meters.hide(requests);
    each(meters::hide);
  }

  private void each(java.util.function.Consumer<Timer> taker) {
    for (int row = 0; row < HUNDREDS; row++) {
      AtomicReferenceArray<@Nullable Timer> timers = statuses.get(row);
      for (int column = 0; timers != null && column < LOWEST; column++) {
        Timer timer = timers.get(column);
        if (timer != null) {
          taker.accept(timer);
        }
      }
    }
  }
}
